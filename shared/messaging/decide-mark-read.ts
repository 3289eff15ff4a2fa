// What somebody has read is their own affair: it stands in their own audience, follows from nothing that others do and changes nothing
// that others see. Marks only go forward, never beyond what is there, and no faster than every few seconds: so there are never more of
// them than there was to read, and reading keeps nobody from writing.
import { caseFold } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { markReadAct } from './messaging-acts.ts'
import { isConversation } from './messaging-policy.ts'
import { MARKS_APART_MS, messagesRead, readMark } from './read-marks-protocol.ts'
import { furtherMarks, marksIn, readMarksFold } from './read-marks-state.ts'

export const markReadRule = personRule({
  command: readMark,
  weight: 'none',
  decide(view, { marks }, { actor, now }) {
    const own = selfAudience(actor.id)
    const state = view.state(caseFold, 'case')
    const known = view.state(readMarksFold, own)
    if (!state || !known || !may(actor, markReadAct, own, state.phase)) return refuse('not-found')
    // a room that is not theirs is passed over like one that does not exist
    const moved = marks.flatMap(({ audience, seq }) => {
      const head = isConversation(audience) ? view.head(audience)?.seq : undefined
      const reached = Math.min(seq, head ?? 0)
      return reached > (known.marks[audience] ?? 0) ? [{ audience, seq: reached }] : []
    })
    if (moved.length === 0) return decided()
    const since = now - known.at
    if (since >= 0 && since < MARKS_APART_MS)
      return refuse('too-many', undefined, { details: { seconds: Math.ceil((MARKS_APART_MS - since) / 1_000) } })
    const all = furtherMarks(known.marks, Object.fromEntries(moved.map(({ audience, seq }) => [audience, seq])))
    return decided(newEvent(messagesRead, own, { marks: marksIn(all).filter(({ audience }) => view.has(audience)) }))
  },
})
