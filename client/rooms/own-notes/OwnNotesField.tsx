import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient, useDeviceKeeps } from '#client/realtime/use-case.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import { createOwnNotes } from './own-notes.ts'

/** Words for oneself, and what becomes of them. */
export function OwnNotesField() {
  const t = useTexts()
  const notes = useCaseClient().owned(createOwnNotes)
  const text = useStore(notes)
  const keeps = useDeviceKeeps()
  return (
    <Field label={t('rooms.own-notes.label')} hint={keeps ? t('rooms.own-notes.kept') : t('rooms.own-notes.memory')}>
      <TextArea value={text} onChange={notes.write} maxLength={20_000} />
    </Field>
  )
}
