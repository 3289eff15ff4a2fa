import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useAct } from '#client/realtime/use-act.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { versionReopen } from '#shared/signing/signing-protocol.ts'

export function ReopenDialog({ version, onClose }: { version: FrozenVersion; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useAct()
  const fault = wordsAt('reason', problem, t)
  const [reason, setReason] = useState('')
  const reopen = async () => {
    if (await run(versionReopen, { versionId: version.versionId, reason: reason.trim() })) onClose()
  }
  return (
    <Dialog
      title={t('signing.reopen.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.back')}</Button>
          <Button kind="danger" busy={busy} disabled={reason.trim() === ''} onClick={() => void reopen()}>
            {t('signing.reopen.do')}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        {problem && !fault && <ProblemBanner problem={problem} />}
        <p>{t('signing.reopen.what')}</p>
        <Field label={t('signing.reopen.reason')} hint={t('signing.reopen.all')} error={fault}>
          <TextArea value={reason} onChange={setReason} maxLength={500} />
        </Field>
      </Stack>
    </Dialog>
  )
}
