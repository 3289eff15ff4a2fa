import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { DECLINE_READERS, type DeclineReader, versionDecline } from '#shared/signing/signing-protocol.ts'

/** A reason is never demanded. Who learns of it is always chosen, never given: with it goes that it was this signer. */
export function DeclineDialog({ version, onClose }: { version: FrozenVersion; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const fault = wordsAt('reason', problem, t)
  const [reason, setReason] = useState('')
  const [clause, setClause] = useState('')
  const [to, setTo] = useState<DeclineReader>()
  const said = reason.trim()
  const number = /^\d{1,5}(?:\.\d{1,5}){0,5}/.exec(clause.trim())?.[0]
  const decline = async () => {
    if (to === undefined) return false
    const { versionId } = version
    return run(versionDecline, {
      ...{ versionId, to },
      ...(said === '' ? {} : { reason: said }),
      ...(number === undefined ? {} : { clause: number }),
    })
  }
  return (
    <ConfirmDialog
      title={t('signing.decline.title')}
      kind="danger"
      cancel={t('ui.back')}
      confirm={t('signing.decline.do')}
      busy={busy}
      missing={to === undefined && t('signing.missing.readers')}
      problem={fault ? undefined : problem}
      act={decline}
      onClose={onClose}
    >
      <p>{t('signing.decline.what')}</p>
      <Field label={t('signing.decline.reason')} optional error={fault}>
        <TextArea value={reason} onChange={setReason} maxLength={2000} />
      </Field>
      <Field label={t('signing.decline.clause')} optional>
        <TextInput value={clause} onChange={setClause} inputMode="decimal" maxLength={12} short placeholder="2.1" />
      </Field>
      <RadioGroup
        label={t('signing.decline.readers')}
        options={DECLINE_READERS.map((value) => ({ value, label: t(`signing.decline.to.${value}`) }))}
        value={to}
        onChange={setTo}
      />
      {to === 'mediator' && <p>{t('signing.decline.guess')}</p>}
    </ConfirmDialog>
  )
}
