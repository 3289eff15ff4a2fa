// What tells of something new beside the page, and what is set for it: fetched when the room stands, and nothing waits for it.
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { NewsToTell } from '#client/rooms/alerts/NewsAlerts.tsx'

const NEWS: Part<NewsToTell> = {
  groups: ['alerts'],
  load: async () => (await import('#client/rooms/alerts/NewsAlerts.tsx')).NewsAlerts,
}
const SETTINGS: Part<object> = {
  groups: ['alerts'],
  load: async () => (await import('#client/rooms/alerts/AlertSettings.tsx')).AlertSettings,
}

export function Alerted(props: NewsToTell) {
  return <QuietPart part={NEWS} props={props} />
}

export function AlertsSet() {
  return <QuietPart part={SETTINGS} props={{}} />
}
