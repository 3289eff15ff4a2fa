import { useTexts } from '#client/i18n/texts.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { LetterFault } from '#client/ui/forms/LetterFault.tsx'
import { RadioGroup, Select } from '#client/ui/forms/rare-inputs.tsx'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { textProblem } from '#shared/protocol/text-reasons.ts'
import type { HowRead } from '#shared/signing/signing-routes.ts'

export interface ReadDraft {
  readonly how: HowRead['how'] | undefined
  readonly by: string
  readonly language: Locale | ''
}

/** Undefined until it is said whole. */
export function readOf({ how, by, language }: ReadDraft): HowRead | undefined {
  if (how === 'self') return { how }
  const name = cleanText('name', by)
  return how === 'read-to-me' && name !== '' && !textProblem('name', name) && language !== '' ? { how, by: name, language } : undefined
}

/** Who read the text to whom is printed on the certificate; somebody who cannot read is not kept from signing. */
export function HowReadField({ value, onChange }: { value: ReadDraft; onChange: (value: ReadDraft) => void }) {
  const t = useTexts()
  const setBy = (by: string) => onChange({ ...value, by })
  const fault = textProblem('name', cleanText('name', value.by))
  return (
    <Stack gap={3}>
      <RadioGroup
        label={t('signing.read')}
        options={[
          { value: 'self', label: t('signing.read.self') },
          { value: 'read-to-me', label: t('signing.read.to-me'), note: t('signing.read.note') },
        ]}
        value={value.how}
        onChange={(how) => onChange({ ...value, how })}
      />
      {value.how === 'read-to-me' && (
        <div className="signing-reader">
          <Field label={t('signing.read.by')} error={fault && <LetterFault problem={fault} use="name" value={value.by} onChange={setBy} />}>
            <TextInput value={value.by} onChange={setBy} maxLength={120} autoComplete="off" />
          </Field>
          <Field label={t('signing.read.language')}>
            <Select
              options={LOCALES.map((locale) => ({ value: locale, label: t(`signing.language.${locale}`) }))}
              value={value.language}
              onChange={(language) => onChange({ ...value, language })}
              placeholder={t('signing.read.choose')}
            />
          </Field>
        </div>
      )}
    </Stack>
  )
}
