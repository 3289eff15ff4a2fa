// What a permission is about, while it is given: words to write, words that were confirmed, or a file and the name that it goes under.
import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { tellsOfDevice } from '#shared/files/file-types.ts'
import { MAX_FILE_NAME_LENGTH } from '#shared/files/files-protocol.ts'
import { MAX_MESSAGE_LENGTH } from '#shared/messaging/messaging-protocol.ts'
import type { WhatToShow } from './AllowDialog.tsx'
import { AllowedFile } from './AllowedFile.tsx'

interface WhatIsAllowedProps {
  readonly what: WhatToShow
  /** The words, or the name of the file. */
  readonly text: string
  readonly onWrite: (text: string) => void
  readonly fault: string | undefined
}

export function WhatIsAllowed({ what, text, onWrite, fault }: WhatIsAllowedProps) {
  const t = useTexts()
  if (what.kind === 'own')
    return (
      <Field label={t('crossing.allow.words')} hint={t('crossing.allow.words-hint')} error={fault}>
        <TextArea value={text} onChange={onWrite} maxLength={MAX_MESSAGE_LENGTH} />
      </Field>
    )
  if (what.kind === 'wording')
    return (
      <div>
        <p>{t('crossing.allow.confirmed')}</p>
        <blockquote className="crossing-words">{what.text}</blockquote>
      </div>
    )
  return (
    <>
      <AllowedFile file={what.file} />
      {tellsOfDevice(what.file) && <Banner tone="warn">{t('crossing.allow.original')}</Banner>}
      <Field label={t('crossing.allow.name')} hint={t('crossing.allow.name-hint')} error={fault}>
        <TextInput value={text} onChange={onWrite} maxLength={MAX_FILE_NAME_LENGTH} />
      </Field>
    </>
  )
}
