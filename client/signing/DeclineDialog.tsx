import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { RadioGroup, TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { DECLINE_READERS, type DeclineReader, versionDecline } from '#shared/signing/signing-protocol.ts'

/** A reason is never demanded; who reads it is chosen only where there is one. */
export function DeclineDialog({ version, onClose }: { version: FrozenVersion; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const fault = wordsAt('reason', problem, t)
  const [reason, setReason] = useState('')
  const [clause, setClause] = useState('')
  const [to, setTo] = useState<DeclineReader>()
  const said = reason.trim()
  const number = /^\d{1,5}(?:\.\d{1,5}){0,5}/.exec(clause.trim())?.[0]
  const choose = said !== '' || number !== undefined
  const decline = () => {
    const input = {
      versionId: version.versionId,
      to: choose ? (to ?? 'mediator') : 'mediator',
      ...(said === '' ? {} : { reason: said }),
      ...(number === undefined ? {} : { clause: number }),
    } as const
    return run(versionDecline, input)
  }
  return (
    <ConfirmDialog
      title={t('signing.decline.title')}
      kind="danger"
      cancel={t('ui.back')}
      confirm={t('signing.decline.do')}
      busy={busy}
      disabled={choose && to === undefined}
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
      {choose && (
        <RadioGroup
          label={t('signing.decline.readers')}
          options={DECLINE_READERS.map((value) => ({ value, label: t(`signing.decline.to.${value}`) }))}
          value={to}
          onChange={setTo}
        />
      )}
    </ConfirmDialog>
  )
}
