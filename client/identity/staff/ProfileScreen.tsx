import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { useTexts } from '#client/i18n/texts.tsx'
import { LineField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { faultWords } from '#client/identity/forms/fault-words.ts'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { PhoneInput } from '#client/ui/forms/rare-inputs.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { keptInEntry } from '#client/ui/state/history-entry.ts'
import { isComplete } from '#shared/identity/identity-protocol.ts'
import { profileChange } from '#shared/identity/staff-protocol.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { OfficeFrame } from './OfficeFrame.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { tidyPhone } from './tidy-phone.ts'
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
  const [, navigate] = useLocation()
  const back = caseIn(useHistoryState())
  const form = useFields({
    schema: profileChange.input,
    first: { ...account.profile, noOrganisation: account.profile.noOrganisation ?? false },
    input: (profile) => ({ ...profile, phone: tidyPhone(profile.phone) }),
    async send(input) {
      const changed = await staff.call(profileChange, input)
      staff.changed(changed)
      if (back !== undefined && isComplete(changed.profile)) navigate(back, { replace: true })
      return { ...changed.profile, noOrganisation: changed.profile.noOrganisation ?? false }
    },
  })
  const phone = form.field('phone')
  const languages = form.field('languages')
  const noOrganisation = form.field('noOrganisation')
  return (
    <FormCard form={form} as="section" head={back !== undefined && <Banner>{t('identity.profile.first')}</Banner>}>
      <LineField
        label={t('identity.account.name')}
        hint={t('identity.profile.name.hint')}
        field={form.field('name')}
        maxLength={120}
        autoComplete="name"
      />
      {!noOrganisation.value && (
        <LineField
          label={t('identity.profile.organisation')}
          field={form.field('organisation')}
          maxLength={160}
          autoComplete="organization"
        />
      )}
      <Checkbox
        checked={noOrganisation.value}
        note={t('identity.profile.no-organisation.note')}
        onChange={(none) => form.change({ noOrganisation: none, ...(none ? { organisation: '' } : {}) })}
      >
        {t('identity.profile.no-organisation')}
      </Checkbox>
      <LineField
        label={t('identity.profile.register')}
        hint={t('identity.profile.register.hint')}
        field={form.field('registerNumber')}
        maxLength={60}
      />
      <Field
        label={t('identity.phone')}
        hint={t('identity.profile.phone.hint')}
        optional
        error={faultWords(phone.fault, t, t('identity.fault.phone'))}
      >
        <PhoneInput value={phone.value} autoComplete="tel" onChange={phone.onChange} />
      </Field>
      <fieldset>
        <legend className="identity-legend">{t('identity.profile.languages')}</legend>
        <Row gap={3} wrap>
          {LOCALES.map((language) => (
            <Checkbox
              key={language}
              checked={languages.value.includes(language)}
              onChange={(on) => languages.onChange(LOCALES.filter((each) => (each === language ? on : languages.value.includes(each))))}
            >
              {t(`identity.language.${language}`)}
            </Checkbox>
          ))}
        </Row>
      </fieldset>
      {form.done && (
        <Banner tone="good" urgent>
          {t('identity.profile.saved')}
        </Banner>
      )}
      <Row justify="end">
        <SubmitButton kind="primary" busy={form.busy} wait={form.wait}>
          {t('ui.save')}
        </SubmitButton>
      </Row>
    </FormCard>
  )
}

/** Only back to the form of a new case, which asked for the profile. */
function caseIn(state: unknown): string | undefined {
  const back = keptInEntry('back', state)
  return typeof back === 'string' && /^\/office\/new(?:\/[\w-]{22})?$/.test(back) ? back : undefined
}
