import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { versionReopen } from '#shared/signing/signing-protocol.ts'

export function ReopenDialog({ version, onClose }: { version: FrozenVersion; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const fault = wordsAt('reason', problem, t)
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      title={t('signing.reopen.title')}
      kind="danger"
      cancel={t('ui.back')}
      confirm={t('signing.reopen.do')}
      busy={busy}
      missing={reason.trim() === '' && t('signing.missing.reason')}
      problem={fault ? undefined : problem}
      act={() => run(versionReopen, { versionId: version.versionId, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>{t('signing.reopen.what')}</p>
      <Field label={t('signing.reopen.reason')} hint={t('signing.reopen.all')} error={fault}>
        <TextArea value={reason} onChange={setReason} maxLength={500} />
      </Field>
    </ConfirmDialog>
  )
}
