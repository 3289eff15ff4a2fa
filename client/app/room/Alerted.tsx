// What tells of something new beside the page, and what is set for it: fetched when it is wanted, and nothing waits for it.
import { useState } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { NewsToTell } from '#client/rooms/alerts/NewsAlerts.tsx'
import { RareTopic } from '#client/rooms/RareTopic.tsx'

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
  const t = useTexts()
  return (
    <RareTopic label={t('rooms.waiting.alerts')}>
      <QuietPart part={SETTINGS} props={{}} />
    </RareTopic>
  )
}
