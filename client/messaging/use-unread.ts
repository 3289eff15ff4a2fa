import { useCallback, useRef } from 'react'
import { useCaseClient, useMe } from '#client/realtime/use-case.tsx'
import { useView } from '#client/rooms/use-room.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { type Message, messagingFold } from '#shared/messaging/messaging-state.ts'
import { createReadMarks, type ReadMarks } from './read-marks.ts'

export function useReadMarks(): ReadMarks {
  return useCaseClient().owned(createReadMarks)
}

/** What others have said in a room and was not before one's eyes yet; from another number on, if one is given. */
export function useUnread(): (audience: Audience, after?: number) => readonly Message[] {
  const view = useView()
  const me = useMe()
  const marks = useStore(useReadMarks())
  return useCallback(
    (audience, after = marks[audience] ?? 0) => {
      const { messages } = view.state(messagingFold, audience) ?? messagingFold.initial
      return valuesOf(messages, after).filter(({ by, text }) => by !== me && text !== undefined)
    },
    [view, me, marks],
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
