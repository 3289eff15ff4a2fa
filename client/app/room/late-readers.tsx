// Lines in a conversation that say who came late and what they read. Fetched where somebody did.
import { type ComponentProps, useMemo } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { LateLine } from '#client/messaging/late/LateLine.tsx'
import type { TimelineEvent } from '#client/messaging/timeline.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import { membersOf, roomFold } from '#shared/rooms/room-state.ts'

const LINE: Part<ComponentProps<typeof LateLine>> = {
  groups: ['late'],
  load: async () => (await import('#client/messaging/late/LateLine.tsx')).LateLine,
}

/** With what happened besides. */
export function useLateReaders(audience: Audience, besides: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const room = useSlice(roomFold, audience)
  return useMemo(() => {
    const lines = membersOf(room).flatMap((person) => {
      const member = room?.members[person]
      if (!member?.late) return []
      const { since, at } = member
      return [{ key: `l${since}`, seq: since, at, words: <QuietPart part={LINE} props={{ audience, person }} /> }]
    })
    return lines.length === 0 ? besides : [...besides, ...lines]
  }, [room, audience, besides])
}
