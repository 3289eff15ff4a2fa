// Rooms for some, as far as a room's first load goes: their parts are fetched by whoever is in one.
import { type ComponentProps, useEffect, useRef } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useTalk } from '#client/messaging/use-talk.tsx'
import { useOutboxEntries } from '#client/realtime/use-case.tsx'
import type { GroupBar } from '#client/rooms/groups/GroupBar.tsx'
import type { GroupInvitation } from '#client/rooms/groups/GroupInvitation.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import { canEnterGroup } from '#shared/rooms/group-policy.ts'

const BAR: Part<ComponentProps<typeof GroupBar>> = {
  groups: ['group'],
  load: async () => (await import('#client/rooms/groups/GroupBar.tsx')).GroupBar,
}
const INVITATION: Part<ComponentProps<typeof GroupInvitation>> = {
  groups: ['group'],
  load: async () => (await import('#client/rooms/groups/GroupInvitation.tsx')).GroupInvitation,
}

export function GroupStanding({ room, onBack }: { room: RoomView; onBack: () => void }) {
  return room.group ? <QuietPart key={room.audience} part={BAR} props={{ room, group: room.group, onBack }} /> : null
}

export function GroupInvitations({
  rooms,
  current,
  onEnter,
}: {
  rooms: readonly RoomView[]
  current: RoomView | undefined
  onEnter: (audience: Audience) => void
}) {
  const { state, me } = useCase()
  return rooms.map((room) => {
    const { audience, group } = room
    if (!group || room.audience === current?.audience || !canEnterGroup(me, audience, group, state)) return null
    return <QuietPart key={audience} part={INVITATION} props={{ room, group, onStepOver: () => onEnter(audience) }} />
  })
}

/**
 * When the room that is shown ends, one is back with all by oneself: unless one has begun to write there, or something said there is still under way. Letters
 * must not land in another room, nor what was not sent be lost from sight; then the way back is a button. A room that one came into when it was over is being read.
 */
export function useWayBack(room: RoomView | undefined, back: (audience: Audience) => void): void {
  const t = useTexts()
  const announce = useAnnounce()
  const { words, guard } = useTalk()
  const entries = useOutboxEntries()
  const wasOpen = useRef<Audience>(undefined)
  const audience = room?.audience
  const over = room?.over === true
  const isOfRoom = (each: { readonly audience?: Audience | undefined }) => each.audience === audience
  const begun = audience !== undefined && ((words[audience] ?? '') !== '' || guard.held.some(isOfRoom) || entries.some(isOfRoom))
  useEffect(() => {
    if (!over) wasOpen.current = audience
    if (!over || begun || wasOpen.current !== audience) return
    wasOpen.current = undefined
    announce(t('rooms.group-over'))
    back('all')
  }, [audience, over, begun, announce, back, t])
}
