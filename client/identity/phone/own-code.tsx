// One's own code, typed: what is wrong with it stands at its field, with the tries that are left, and the field is empty for the next.
import { useState } from 'react'
import { type RequestAction, useRequest } from '#client/http/use-request.ts'
import { useWait } from '#client/http/use-wait.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { CODE_DIGITS } from '#shared/identity/join-fields.ts'
import '#client/identity/reasons.ts'

export interface TypedCode extends Pick<RequestAction, 'busy' | 'problem'> {
  readonly code: string
  readonly error: string | undefined
  /** Seconds until another try is worth it. */
  readonly wait: number
  readonly type: (code: string) => void
  /** Answers whether the server took it. */
  readonly send: () => Promise<boolean>
}

export function useTypedCode(ask: (code: string) => Promise<void>): TypedCode {
  const t = useTexts()
  const { run, busy, problem, clear } = useRequest()
  const wait = useWait(problem)
  const [code, setCode] = useState('')
  const [isShort, setShort] = useState(false)
  const left = problem?.reason === 'identity/wrong-code' ? problem.details?.left : undefined
  const wrong = typeof left === 'number' ? t('identity.join.wrong', { left }) : undefined
  return {
    code,
    busy,
    wait,
    problem: wrong === undefined ? problem : undefined,
    error: isShort ? t('identity.join.short') : wrong,
    type(digits) {
      setCode(digits)
      setShort(false)
      if (digits !== '') clear()
    },
    async send() {
      setShort(code.length < CODE_DIGITS)
      if (busy || wait > 0 || code.length < CODE_DIGITS) return false
      if (await run(() => ask(code))) return true
      setCode('')
      return false
    },
  }
}

export function OwnCodeField({ typed }: { readonly typed: TypedCode }) {
  const t = useTexts()
  return (
    <Field label={t('identity.phone.own')} hint={t('identity.phone.own.hint')} error={typed.error}>
      <CodeInput value={typed.code} disabled={typed.busy} onChange={typed.type} />
    </Field>
  )
}
