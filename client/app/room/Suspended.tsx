// What is said above the rooms while the mediation pauses. Fetched then: most cases never do.
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useCase } from '#client/rooms/use-room.ts'

const NOTICE: Part<object> = {
  groups: ['suspended'],
  load: async () => (await import('#client/rooms/SuspendedNotice.tsx')).SuspendedNotice,
}

export function Suspended() {
  return useCase().state.suspended ? <QuietPart part={NOTICE} props={{}} /> : null
}
