// Six digits and whose device this is. It never sends by itself: a code that the phone filled in must leave time to say "not my phone".
import { type FormEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWait } from '#client/http/use-wait.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { CODE_DIGITS } from '#shared/identity/join-fields.ts'
import { unreachable } from '#shared/kernel/unreachable.ts'
import type { Begun } from './begun.ts'
import type { CodeNotice } from './join-state.ts'

interface CodeFormProps {
  readonly begun: { take(): Begun | undefined } | undefined
  readonly notice: CodeNotice | undefined
  readonly busy: boolean
  /** Said, or taken back, before the code goes. */
  readonly onMine: (mine: boolean) => void
  readonly onCode: (code: string, keep: boolean) => void
}

export function CodeForm({ begun, notice, busy, onMine, onCode }: CodeFormProps) {
  const t = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const [code, setCode] = useState('')
  const [notMine, setNotMine] = useState(false)
  const [short, setShort] = useState(false)
  const setOwner = (notMine: boolean) => {
    setNotMine(notMine)
    onMine(!notMine)
  }
  const wait = useWait(notice?.kind === 'problem' ? notice.problem : undefined)
  useEffect(() => {
    if (notice === undefined || notice.kind === 'problem') return
    setCode('')
    form.current?.querySelector('input')?.focus()
  }, [notice])
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once, when the form takes the place of the first one
  useLayoutEffect(() => {
    const taken = begun?.take()
    if (!taken) return
    setCode(taken.code)
    setOwner(taken.notMine)
    if (taken.isFocused) form.current?.querySelector('input')?.focus()
    if (taken.isSent) onCode(taken.code, !taken.notMine)
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || wait > 0) return
    setShort(code.length < CODE_DIGITS)
    if (code.length === CODE_DIGITS) onCode(code, !notMine)
    else form.current?.querySelector('input')?.focus()
  }
  const wrong = notice?.kind === 'wrong' ? t('identity.join.wrong', { left: notice.left }) : undefined
  const error = short ? t('identity.join.short') : code === '' ? wrong : undefined
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap={4}>
        {notice && notice.kind !== 'wrong' && <Notice notice={notice} t={t} />}
        <Field label={t('identity.join.code')} hint={t('identity.join.code.hint')} error={error}>
          <CodeInput
            value={code}
            disabled={busy}
            onChange={(digits) => {
              setCode(digits)
              setShort(false)
            }}
          />
        </Field>
        <Checkbox checked={notMine} onChange={setOwner} note={notMine ? t('identity.join.not-mine.note') : undefined}>
          {t('identity.join.not-mine')}
        </Checkbox>
        <SubmitButton kind="primary" size="l" wide busy={busy} wait={wait}>
          {t('ui.next')}
        </SubmitButton>
      </Stack>
    </form>
  )
}

function Notice({ notice, t }: { notice: Exclude<CodeNotice, { kind: 'wrong' }>; t: Translate }) {
  switch (notice.kind) {
    case 'problem':
      return <ProblemBanner problem={notice.problem} />
    case 'locked':
      return (
        <Banner tone="bad" icon="lock" urgent title={t('identity.join.locked')}>
          {t('identity.join.locked.text')}
        </Banner>
      )
    case 'used':
      return (
        <Banner tone="warn" icon="device" urgent title={t('identity.join.used')}>
          {t('identity.join.used.text')}
        </Banner>
      )
    case 'expired':
      return (
        <Banner tone="warn" icon="clock" urgent>
          {t('identity.join.expired')}
        </Banner>
      )
    case 'missing':
      return (
        <Banner tone="info" icon="phone" urgent>
          {t('identity.join.missing')}
        </Banner>
      )
    default:
      return unreachable(notice)
  }
}
