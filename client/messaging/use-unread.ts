import { createContext, useCallback, useContext, useRef } from 'react'
import { useCaseClient, useMe } from '#client/realtime/use-case.tsx'
import { useView } from '#client/rooms/use-room.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { createReadMarks, type ReadMarks } from './read-marks.ts'

export function useReadMarks(): ReadMarks {
  return useCaseClient().owned(createReadMarks)
}

export interface Said {
  readonly seq: number
  readonly by: ParticipantId
  /** Whose it is, where that is somebody else than who sent it. */
  readonly author?: ParticipantId
  readonly text: string
}

/** What stands in a conversation beside messages and is read as they are, from a number on. */
export type SaidBeside = (view: View, audience: Audience, after: number) => readonly Said[]

/** Given by whoever puts the room together. */
export const SaidBesideContext = createContext<SaidBeside>(() => [])

/** What others have said in a room and was not before one's eyes yet; from another number on, if one is given. */
export function useUnread(): (audience: Audience, after?: number) => readonly Said[] {
  const view = useView()
  const me = useMe()
  const marks = useStore(useReadMarks())
  const saidBeside = useContext(SaidBesideContext)
  return useCallback(
    (audience, after = marks[audience] ?? 0) => {
      const { messages } = view.state(messagingFold, audience) ?? messagingFold.initial
      const words = valuesOf(messages, after).flatMap(({ seq, by, text }) => (text === undefined ? [] : [{ seq, by, text }]))
      const beside = saidBeside(view, audience, after)
      const all = beside.length === 0 ? words : [...words, ...beside].sort((a, b) => a.seq - b.seq)
      return all.filter(({ by }) => by !== me)
    },
    [view, me, marks, saidBeside],
  )
}

/** The number of the first words of a room that were not seen yet when one came in; undefined for whoever reads there for the first time. */
export function useFirstUnread(audience: Audience): number | undefined {
  const unread = useUnread()
  const marks = useReadMarks()
  const came = useRef<{ readonly audience: Audience; readonly first: number | undefined }>(undefined)
  if (came.current?.audience !== audience)
    came.current = { audience, first: marks.state()[audience] === undefined ? undefined : unread(audience)[0]?.seq }
  return came.current.first
}
