// Fetched when it is needed: plain requests come through where WebSockets do not.
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'

const BLOCKED: Part<object> = { groups: ['blocked'], load: async () => (await import('#client/rooms/BlockedBanner.tsx')).BlockedBanner }

export function Blocked() {
  return <QuietPart part={BLOCKED} props={{}} />
}
