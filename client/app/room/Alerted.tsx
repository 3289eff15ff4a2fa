// What tells of something new beside the page, and what is set for it: fetched when it is wanted, and nothing waits for it.
import { useState } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { AlertsTopic } from '#client/rooms/AlertsTopic.tsx'
import type { NewsToTell } from '#client/rooms/alerts/NewsAlerts.tsx'

const NEWS: Part<NewsToTell> = {
  groups: ['alerts'],
  load: async () => (await import('#client/rooms/alerts/NewsAlerts.tsx')).NewsAlerts,
}
const SETTINGS: Part<object> = {
  groups: ['alerts'],
  load: async () => (await import('#client/rooms/alerts/AlertSettings.tsx')).AlertSettings,
}

/** Fetched with the first thing that there is to tell or to ask. */
export function Alerted({ count, spoke }: Omit<NewsToTell, 'known'>) {
  const [known] = useState(count)
  const [wanted, want] = useState(false)
  if (!wanted && (count > known || spoke)) want(true)
  return wanted ? <QuietPart part={NEWS} props={{ count, known, spoke }} /> : null
}

export function AlertsSet() {
  return (
    <AlertsTopic>
      <QuietPart part={SETTINGS} props={{}} />
    </AlertsTopic>
  )
}
