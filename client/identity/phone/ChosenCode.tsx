// A code that its person makes up: typed twice alike, and none that everybody would try first.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { CODE_DIGITS } from '#shared/identity/join-fields.ts'
import { isEasyCode } from '#shared/identity/phone-protocol.ts'

export interface ChosenCode {
  readonly code: string
  readonly again: string
  readonly fault: 'short' | 'easy' | 'differs' | undefined
  readonly type: (code: string) => void
  readonly typeAgain: (code: string) => void
  /** The code once nothing is wrong with it; else what is wrong stands at its field. */
  readonly take: () => string | undefined
}

export function useChosenCode(): ChosenCode {
  const [code, type] = useState('')
  const [again, typeAgain] = useState('')
  const [fault, setFault] = useState<ChosenCode['fault']>()
  const take = () => {
    const found = code.length < CODE_DIGITS ? 'short' : isEasyCode(code) ? 'easy' : code === again ? undefined : 'differs'
    setFault(found)
    return found === undefined ? code : undefined
  }
  return { code, again, fault, type, typeAgain, take }
}

export function ChosenCodeFields({ chosen, busy }: { readonly chosen: ChosenCode; readonly busy: boolean }) {
  const t = useTexts()
  const { fault } = chosen
  return (
    <>
      <Field
        label={t('identity.phone.own')}
        error={fault === 'short' ? t('identity.join.short') : fault === 'easy' ? t('identity.phone.easy') : undefined}
      >
        <CodeInput value={chosen.code} onChange={chosen.type} disabled={busy} />
      </Field>
      <Field label={t('identity.phone.again')} error={fault === 'differs' ? t('identity.phone.differs') : undefined}>
        <CodeInput value={chosen.again} onChange={chosen.typeAgain} disabled={busy} />
      </Field>
    </>
  )
}
