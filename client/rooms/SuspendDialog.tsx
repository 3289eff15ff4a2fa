import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { DateInput, RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { mediationSuspend, SUSPENSION_REASONS } from '#shared/cases/case-protocol.ts'

/** A pause of the mediation itself. Everybody reads the reason: it says nothing of a side. */
export function SuspendDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const [reason, setReason] = useState<(typeof SUSPENSION_REASONS)[number]>()
  const [until, setUntil] = useState('')
  const suspend = async () => reason !== undefined && (await run(mediationSuspend, { reason, ...(until === '' ? {} : { until }) }))
  return (
    <ConfirmDialog
      title={t('rooms.suspend.title')}
      cancel={t('rooms.suspend.not')}
      confirm={t('rooms.suspend.do')}
      busy={busy}
      missing={!reason && t('rooms.suspend.missing')}
      problem={problem}
      act={suspend}
      onClose={onClose}
    >
      <p>{t('rooms.suspend.words')}</p>
      <RadioGroup
        label={t('rooms.suspend.reason')}
        value={reason}
        onChange={setReason}
        options={SUSPENSION_REASONS.map((value) => ({ value, label: t(`rooms.suspended.reason.${value}`) }))}
      />
      <Field label={t('rooms.suspend.until')} optional>
        <DateInput value={until} onChange={setUntil} />
      </Field>
    </ConfirmDialog>
  )
}
