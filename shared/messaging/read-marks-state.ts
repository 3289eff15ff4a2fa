import type { Audience } from '#shared/kernel/audience.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { messagesRead } from './read-marks-protocol.ts'

/** Up to which number each room was read. */
export type Marks = Readonly<Partial<Record<Audience, number>>>

interface ReadMarksState {
  readonly marks: Marks
  /** When the last of them was made. Milliseconds since 1970; 0 while there is none. */
  readonly at: number
}

/** Folded from a person's own audience. */
export const readMarksFold: Fold<ReadMarksState> = {
  name: 'read-marks',
  initial: { marks: {}, at: 0 },
  evolve(state, event) {
    if (!isEvent(event, messagesRead)) return state
    return {
      marks: furtherMarks(state.marks, Object.fromEntries(event.body.marks.map(({ audience, seq }) => [audience, seq]))),
      at: event.at,
    }
  },
  join: (older, newer) => ({ marks: furtherMarks(older.marks, newer.marks), at: newer.at || older.at }),
}

/** Of each room the mark that is further on: nothing that was read becomes unread. */
export function furtherMarks(some: Marks, others: Marks): Marks {
  const marks: Partial<Record<Audience, number>> = { ...some }
  for (const { audience, seq } of marksIn(others)) if (seq > (marks[audience] ?? 0)) marks[audience] = seq
  return marks
}

export function marksIn(marks: Marks): readonly { readonly audience: Audience; readonly seq: number }[] {
  return Object.entries(marks).flatMap(([audience, seq]) => (seq === undefined ? [] : [{ audience: audience as Audience, seq }])) // keys of this record
}
