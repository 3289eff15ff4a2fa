// Where codes for signing go past the mediator: an address that the person names here, and shows to reach them.
import { type FormEvent, useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ErrorState, ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { EmailInput, PhoneInput } from '#client/ui/forms/rare-inputs.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import type { ContactWay } from '#shared/identity/access-protocol.ts'
import { CODE_DIGITS } from '#shared/identity/join-fields.ts'
import type { RouteAnswer } from '#shared/protocol/route.ts'
import { codeContactAsk, codeContactConfirm, codeContactLook, codeContactRemove } from '#shared/signing/code-contact-routes.ts'
import './reasons.ts'

interface CodeContactFormProps {
  readonly api: AuthorisedApi
  /** An address was confirmed, or taken back. */
  readonly onChanged?: () => void
}

type Looked = RouteAnswer<typeof codeContactLook>

export function CodeContactForm({ api, onChanged }: CodeContactFormProps) {
  const { caseId } = useCaseClient()
  const { state, reload } = useLoad<Looked>(caseId, () => api.call(codeContactLook, { caseId }))
  const changed = async () => {
    await reload()
    onChanged?.()
  }
  if (state.kind === 'loading') return <Skeleton lines={2} />
  if (state.kind === 'refused') return <ErrorState problem={state.problem} onRetry={() => void reload()} />
  const { confirmed, known, ways } = state.value
  if (confirmed) return <Confirmed api={api} confirmed={confirmed} onRemoved={changed} />
  return <NewContact api={api} known={known} ways={ways} onConfirmed={changed} />
}

function Confirmed({
  api,
  confirmed,
  onRemoved,
}: {
  api: AuthorisedApi
  confirmed: NonNullable<Looked['confirmed']>
  onRemoved: () => Promise<void>
}) {
  const t = useTexts()
  const { caseId } = useCaseClient()
  const { run, busy, problem } = useRequest()
  const remove = () =>
    run(async () => {
      await api.call(codeContactRemove, { caseId })
      await onRemoved()
    })
  return (
    <Stack gap={3}>
      <p>{confirmed.address === null ? t('signing.contact.elsewhere') : t('signing.contact.confirmed', { address: confirmed.address })}</p>
      {problem && <ProblemBanner problem={problem} />}
      <Button kind="quiet" busy={busy} onClick={() => void remove()}>
        {t('signing.contact.remove')}
      </Button>
    </Stack>
  )
}

function NewContact({
  api,
  known,
  ways,
  onConfirmed,
}: Pick<Looked, 'known' | 'ways'> & { api: AuthorisedApi; onConfirmed: () => Promise<void> }) {
  const t = useTexts()
  const f = useFormats()
  const { caseId } = useCaseClient()
  const [way] = ways
  const [address, setAddress] = useState(way ? known[way] : '')
  const [until, setUntil] = useState<number>()
  const [code, setCode] = useState('')
  const asking = useRequest()
  const confirming = useRequest()
  if (!way) return <Banner tone="info">{t('signing.contact.no-way')}</Banner>
  const ask = (event: FormEvent) => {
    event.preventDefault()
    void asking.run(async () => {
      const contact = { way, address: address.trim() } as const
      setUntil((await api.call(codeContactAsk, { caseId, contact })).expiresAt)
      setCode('')
    })
  }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    void confirming.run(async () => {
      await api.call(codeContactConfirm, { caseId, code })
      await onConfirmed()
    })
  }
  return (
    <Stack gap={4}>
      <p>{t('signing.contact.why')}</p>
      <form onSubmit={ask}>
        <Stack gap={3}>
          <AddressField way={way} value={address} onChange={setAddress} error={wordsAt('contact', asking.problem, t)} />
          {asking.problem && <ProblemBanner problem={asking.problem} />}
          <SubmitButton busy={asking.busy} missing={address.trim() === '' ? t(`signing.missing.${way}`) : undefined}>
            {until === undefined ? t('signing.contact.send') : t('signing.contact.send-again')}
          </SubmitButton>
        </Stack>
      </form>
      {until !== undefined && (
        <form onSubmit={confirm}>
          <Stack gap={3}>
            <Field label={t('signing.contact.code')} hint={t('signing.code-until', { time: f.time(until) })}>
              <CodeInput value={code} onChange={setCode} />
            </Field>
            {confirming.problem && <ProblemBanner problem={confirming.problem} />}
            <SubmitButton busy={confirming.busy} missing={code.length === CODE_DIGITS ? undefined : t('signing.missing.code')}>
              {t('signing.contact.confirm')}
            </SubmitButton>
          </Stack>
        </form>
      )}
      <Muted small>{t('signing.contact.private')}</Muted>
    </Stack>
  )
}

interface AddressFieldProps {
  readonly way: ContactWay
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

function AddressField({ way, value, onChange, error }: AddressFieldProps) {
  const t = useTexts()
  return (
    <Field label={t(`signing.contact.${way}`)} error={error}>
      {way === 'mail' ? <EmailInput value={value} onChange={onChange} /> : <PhoneInput value={value} onChange={onChange} />}
    </Field>
  )
}
