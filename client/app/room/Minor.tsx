// What somebody under age reads while sides talk without them. Fetched then: most cases never do.
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { inRoom } from '#shared/rooms/room-state.ts'

const NOTICE: Part<object> = {
  groups: ['minor'],
  load: async () => (await import('#client/rooms/MinorNotice.tsx')).MinorNotice,
}

export function Minor() {
  const view = useView()
  const { state, me } = useCase()
  const waits = state.session && !inRoom(view, 'all', me.id) && state.facts?.people.some(({ id, minor }) => id === me.id && minor)
  return waits ? <QuietPart part={NOTICE} props={{}} /> : null
}
