import type { Faults } from '#client/http/input-faults.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { faultNote } from '#client/identity/forms/fault-note.tsx'
import { faultWords } from '#client/identity/forms/fault-words.ts'
import { Grid, Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { DateInput, RadioGroup, Select } from '#client/ui/forms/rare-inputs.tsx'
import { CASE_CATEGORIES } from '#shared/cases/case-protocol.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import type { CaseForm } from './case-form.ts'

interface CaseFieldsProps {
  readonly form: CaseForm
  readonly faults: Faults
  /** `paths`: the fields that this answers, as a refusal names them. */
  readonly onChange: (form: CaseForm, ...paths: readonly string[]) => void
}

/** Everything about the case that belongs to no side. */
export function CaseFields({ form, faults, onChange }: CaseFieldsProps) {
  const t = useTexts()
  const error = (path: string) => faultWords(faults.get(path), t)
  const setTitle = (title: string) => onChange({ ...form, title }, 'title')
  const setNumber = (number: string) => onChange({ ...form, number }, 'number')
  const setSubject = (subject: string) => onChange({ ...form, subject }, 'subject')
  const setPlace = (place: string) => onChange({ ...form, place }, 'agreement.place')
  return (
    <div className="case-new-facts">
      <Card as="section">
        <Stack gap={4}>
          <h2>{t('cases.about')}</h2>
          <Field
            label={t('cases.title')}
            hint={t('cases.title.hint')}
            error={faultNote(faults.get('title'), t, { value: form.title, onChange: setTitle })}
          >
            <TextInput value={form.title} maxLength={120} onChange={setTitle} />
          </Field>
          <Field
            label={t('cases.number')}
            hint={t('cases.number.hint')}
            optional
            error={faultNote(faults.get('number'), t, { value: form.number, onChange: setNumber })}
          >
            <TextInput value={form.number} maxLength={60} onChange={setNumber} />
          </Field>
          <Field label={t('cases.category')} error={error('category')}>
            <Select
              value={form.category}
              placeholder={t('cases.category.choose')}
              options={CASE_CATEGORIES.map((value) => ({ value, label: t(`cases.category.${value}`) }))}
              onChange={(category) => onChange({ ...form, category }, 'category')}
            />
          </Field>
          <Field
            label={t('cases.subject')}
            hint={t('cases.subject.hint')}
            error={faultNote(faults.get('subject'), t, { value: form.subject, onChange: setSubject, use: 'document' })}
          >
            <TextArea value={form.subject} maxLength={600} onChange={setSubject} />
          </Field>
        </Stack>
      </Card>
      <Card as="section">
        <Stack gap={4}>
          <h2>{t('cases.talk')}</h2>
          <RadioGroup
            label={t('cases.voice')}
            value={form.voice}
            columns
            options={(['phone', 'text'] as const).map((value) => ({
              value,
              label: t(`cases.voice.${value}`),
              note: t(`cases.voice.${value}.note`),
            }))}
            onChange={(voice) => onChange({ ...form, voice })}
          />
          <RadioGroup
            label={t('cases.draft-language')}
            value={form.draftLanguage}
            columns
            options={LOCALES.map((value) => ({ value, label: t(`cases.language.${value}`) }))}
            onChange={(draftLanguage) => onChange({ ...form, draftLanguage })}
          />
          <Muted small>{t('cases.draft-language.hint')}</Muted>
          <Checkbox checked={form.byJudge ?? false} note={t('cases.by-judge.note')} onChange={(byJudge) => onChange({ ...form, byJudge })}>
            {t('cases.by-judge')}
          </Checkbox>
        </Stack>
      </Card>
      <Card as="section">
        <Stack gap={4}>
          <Stack gap={1}>
            <h2>{t('cases.agreement')}</h2>
            <Muted small>{t('cases.agreement.lead')}</Muted>
          </Stack>
          <Grid>
            <Field label={t('cases.agreement.date')} error={error('agreement.date')}>
              <DateInput value={form.date} onChange={(date) => onChange({ ...form, date }, 'agreement.date')} />
            </Field>
            <Field
              label={t('cases.agreement.place')}
              error={faultNote(faults.get('agreement.place'), t, { value: form.place, onChange: setPlace })}
            >
              <TextInput value={form.place} maxLength={120} onChange={setPlace} />
            </Field>
          </Grid>
        </Stack>
      </Card>
    </div>
  )
}
