// The last step: who read the text, the fresh confirmation, and the two ways out. Nothing is preselected; asking for the code is part of
// coming here, so that signing takes few taps and none by chance.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { shownProblem } from '#client/http/shown-problem.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useWait } from '#client/http/use-wait.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ErrorState, ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { accessFold } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { Bytes } from '#shared/kernel/digest.ts'
import { canDecline } from '#shared/signing/signing-policy.ts'
import { type HowRead, type SigningAsked, signingAsk } from '#shared/signing/signing-routes.ts'
import { CodeContactForm } from './CodeContactForm.tsx'
import { ConfirmField, isConfirmed } from './ConfirmField.tsx'
import { DeclineDialog } from './DeclineDialog.tsx'
import { deviceCrypto } from './device-crypto.ts'
import { HowReadField, type ReadDraft, readOf } from './HowReadField.tsx'
import { Meaning } from './Meaning.tsx'
import { type SigningStep, signVersion } from './sign-version.ts'
import type { ShownVersion } from './use-version.ts'

interface SignFormProps {
  readonly shown: ShownVersion
  readonly api: AuthorisedApi
  /** SHA-256 of the text as this device made it. */
  readonly digest: Bytes
  /** On a phone one question a screen; elsewhere both stand on one. */
  readonly oneByOne: boolean
  readonly onBack: () => void
}

type Asked = 'both' | 'read' | 'code'

export function SignForm({ shown, api, digest, oneByOne, onBack }: SignFormProps) {
  const t = useTexts()
  const client = useCaseClient()
  const { version } = shown
  const [turn, setTurn] = useState(0)
  const [asks, ask] = useState<Asked>(oneByOne ? 'read' : 'both')
  const [read, setRead] = useState<ReadDraft>({ how: undefined, by: '', language: '' })
  const { state, reload } = useLoad<SigningAsked>(`${version.versionId} ${turn}`, () =>
    api.call(signingAsk, { caseId: client.caseId, versionId: version.versionId }),
  )
  // Another of this person's devices may have just said whose this one is.
  const access = useSlice(accessFold, directAudience(shown.me.id))
  const waits = state.kind === 'refused'
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has happened is what it follows
  useEffect(() => {
    if (waits) void reload()
  }, [access])
  const top = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what it follows
  useEffect(() => top.current?.focus(), [asks])
  const again = () => setTurn(turn + 1)
  return (
    <Stack gap={5} as="section">
      <Row justify="between">
        <h3 ref={top} tabIndex={-1} className="signing-step-title">
          {asks === 'both' ? t('signing.form.title') : t('signing.form.question', { number: asks === 'read' ? 1 : 2, of: 2 })}
        </h3>
        <AloudHere brief />
      </Row>
      {state.kind === 'loading' && <Skeleton lines={4} />}
      {state.kind === 'refused' && <ErrorState problem={state.problem} onRetry={() => void reload()} />}
      {state.kind === 'here' && asks !== 'read' && state.value.confirm === 'read-out' && <WithoutMediator api={api} onChanged={again} />}
      {state.kind === 'here' && asks === 'read' && <ReadForm read={read} onRead={setRead} onNext={() => ask('code')} />}
      {state.kind === 'here' && asks !== 'read' && (
        <ConfirmedForm
          key={state.value.nonce}
          asked={state.value}
          shown={shown}
          api={api}
          digest={digest}
          read={read}
          onRead={asks === 'both' ? setRead : undefined}
          onAgain={again}
        />
      )}
      <Button kind="quiet" icon="back" onClick={asks === 'code' ? () => ask('read') : onBack}>
        {t(asks === 'code' ? 'ui.back' : 'signing.form.back')}
      </Button>
    </Stack>
  )
}

/** A code that the mediator reads out is one that the mediator knows: there is another way, and it is offered before the code is typed. */
function WithoutMediator({ api, onChanged }: { api: AuthorisedApi; onChanged: () => void }) {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  return open ? (
    <Card as="section">
      <CodeContactForm api={api} onChanged={onChanged} />
    </Card>
  ) : (
    <Row gap={2}>
      <Button icon="lock" onClick={() => setOpen(true)}>
        {t('signing.contact.instead')}
      </Button>
    </Row>
  )
}

/** What is missing before it is said who read the text; undefined once it is. */
function missingReader(read: ReadDraft, t: Translate): string | undefined {
  if (readOf(read) !== undefined) return undefined
  return t(read.how === undefined ? 'signing.missing.read' : 'signing.missing.reader')
}

function ReadForm({ read, onRead, onNext }: { read: ReadDraft; onRead: (read: ReadDraft) => void; onNext: () => void }) {
  const t = useTexts()
  const missing = missingReader(read, t)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing === undefined) onNext()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap={5}>
        <HowReadField value={read} onChange={onRead} />
        <div className="signing-pair">
          <SubmitButton kind="primary" busy={false} missing={missing}>
            {t('ui.next')}
          </SubmitButton>
        </div>
      </Stack>
    </form>
  )
}

interface ConfirmedFormProps extends Pick<SignFormProps, 'shown' | 'api' | 'digest'> {
  readonly asked: SigningAsked
  readonly read: ReadDraft
  /** Absent where that was asked before. */
  readonly onRead: ((read: ReadDraft) => void) | undefined
  readonly onAgain: () => void
}

function ConfirmedForm({ asked, shown, api, digest, read, onRead, onAgain }: ConfirmedFormProps) {
  const t = useTexts()
  const format = useFormats()
  const client = useCaseClient()
  const announce = useAnnounce()
  const [secret, setSecret] = useState('')
  const [step, setStep] = useState<SigningStep>()
  const [problem, setProblem] = useState<ShownProblem>()
  const [declining, setDeclining] = useState(false)
  const how = readOf(read)
  const wait = useWait(problem)
  const secretFirst = asked.confirm === 'password' ? 'signing.missing.password' : 'signing.missing.code'
  const missing = missingReader(read, t) ?? (isConfirmed(asked.confirm, secret) ? undefined : t(secretFirst))

  const sign = async (chosen: HowRead) => {
    setProblem(undefined)
    try {
      await signVersion(
        { api, act: client.act, crypto: deviceCrypto(), onStep: setStep },
        {
          caseId: client.caseId,
          me: shown.me.id,
          version: shown.version,
          textDigest: digest,
          nonce: asked.nonce,
          confirmation: asked.confirm === 'password' ? { password: secret } : { code: secret },
          read: chosen,
        },
      )
      announce(t('signing.done'))
    } catch (error) {
      const met = shownProblem(error)
      setProblem(met)
      setStep(undefined)
      // What was only too soon, or came to a busy server, is typed right already.
      if (met.kind !== 'too-many' && met.kind !== 'unavailable') setSecret('')
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (how && missing === undefined && wait === 0 && step === undefined) void sign(how)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap={5}>
        {onRead && <HowReadField value={read} onChange={onRead} />}
        <ConfirmField confirm={asked.confirm} value={secret} onChange={setSecret} until={format.time(asked.expiresAt)} />
        {(problem || asked.confirm !== 'password') && (
          <Button kind="quiet" icon="refresh" onClick={onAgain}>
            {asked.confirm === 'password' ? t('signing.again') : t('signing.new-code')}
          </Button>
        )}
        <Meaning />
        <Muted small>{step ? t(`signing.step.${step}`) : t('signing.form.key')}</Muted>
        {problem && <ProblemBanner problem={problem} />}
        <div className="signing-pair">
          {canDecline(shown.situation) && <Button onClick={() => setDeclining(true)}>{t('signing.decline')}</Button>}
          <SubmitButton kind="primary" icon="pen" busy={step !== undefined} wait={wait} missing={missing}>
            {t('signing.sign')}
          </SubmitButton>
        </div>
      </Stack>
      {declining && <DeclineDialog version={shown.version} onClose={() => setDeclining(false)} />}
    </form>
  )
}
