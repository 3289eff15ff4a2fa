// A place for one's own words beside the talk: fetched when it is opened.
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { RareTopic } from '#client/rooms/RareTopic.tsx'

const NOTES: Part<object> = {
  groups: ['own-notes'],
  load: async () => (await import('#client/rooms/own-notes/OwnNotesField.tsx')).OwnNotesField,
}

export function OwnNotes() {
  const t = useTexts()
  return (
    <RareTopic label={t('rooms.waiting.notes')}>
      <QuietPart part={NOTES} props={{}} />
    </RareTopic>
  )
}
