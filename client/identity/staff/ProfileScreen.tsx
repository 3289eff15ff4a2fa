import { type FormEvent, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, PhoneInput, TextInput } from '#client/ui/forms/inputs.tsx'
import { profileChange } from '#shared/identity/staff-protocol.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { faultNote } from './fault-note.tsx'
import { faultWords } from './fault-words.ts'
import { OfficeFrame } from './OfficeFrame.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { tidyPhone } from './tidy-phone.ts'
import { useForm } from './use-form.ts'
import { useAccount, useStaff } from './use-staff.tsx'

export function ProfileScreen() {
  const t = useTexts()
  return (
    <OfficeFrame width="narrow">
      <Stack gap={5}>
        <Stack gap={2}>
          <h1>{t('identity.profile')}</h1>
          <Muted>{t('identity.profile.lead')}</Muted>
        </Stack>
        <ProfileCard />
        <PasswordCard />
      </Stack>
    </OfficeFrame>
  )
}

function ProfileCard() {
  const t = useTexts()
  const staff = useStaff()
  const account = useAccount()
  const [profile, setProfile] = useState(account.profile)
  const [saved, setSaved] = useState(false)
  const form = useForm(profileChange.input, async (input) => {
    const changed = await staff.call(profileChange, input)
    staff.changed(changed)
    setProfile(changed.profile)
    setSaved(true)
  })
  const change = (part: Partial<typeof profile>) => {
    setProfile({ ...profile, ...part })
    setSaved(false)
    for (const path of Object.keys(part)) form.touch(path)
  }
  const note = (name: 'name' | 'organisation' | 'registerNumber') =>
    faultNote(form.faults.get(name), t, { value: profile[name], onChange: (text) => change({ [name]: text }) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.submit({ ...profile, phone: tidyPhone(profile.phone) })
  }
  return (
    <Card as="section">
      <form ref={form.ref} onSubmit={submit} noValidate>
        <Stack gap={4}>
          {form.problem && <ProblemBanner problem={form.problem} />}
          <Field label={t('identity.account.name')} hint={t('identity.profile.name.hint')} error={note('name')}>
            <TextInput value={profile.name} maxLength={120} autoComplete="name" onChange={(name) => change({ name })} />
          </Field>
          <Field label={t('identity.profile.organisation')} optional error={note('organisation')}>
            <TextInput
              value={profile.organisation}
              maxLength={160}
              autoComplete="organization"
              onChange={(organisation) => change({ organisation })}
            />
          </Field>
          <Field label={t('identity.profile.register')} hint={t('identity.profile.register.hint')} optional error={note('registerNumber')}>
            <TextInput value={profile.registerNumber} maxLength={60} onChange={(registerNumber) => change({ registerNumber })} />
          </Field>
          <Field
            label={t('identity.phone')}
            hint={t('identity.profile.phone.hint')}
            optional
            error={faultWords(form.faults.get('phone'), t, t('identity.fault.phone'))}
          >
            <PhoneInput value={profile.phone} autoComplete="tel" onChange={(phone) => change({ phone })} />
          </Field>
          <fieldset>
            <legend className="identity-legend">{t('identity.profile.languages')}</legend>
            <Row gap={5} wrap>
              {LOCALES.map((language) => (
                <Checkbox
                  key={language}
                  checked={profile.languages.includes(language)}
                  onChange={(on) =>
                    change({ languages: LOCALES.filter((each) => (each === language ? on : profile.languages.includes(each))) })
                  }
                >
                  {t(`identity.language.${language}`)}
                </Checkbox>
              ))}
            </Row>
          </fieldset>
          {saved && (
            <Banner tone="good" urgent>
              {t('identity.profile.saved')}
            </Banner>
          )}
          <Row justify="end">
            <Button type="submit" kind="primary" busy={form.busy}>
              {t('ui.save')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  )
}
