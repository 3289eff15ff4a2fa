import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { mediationEnd, RECORDED_GROUNDS } from '#shared/cases/case-protocol.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { useCase } from './use-room.ts'

/** Without an agreement, on a ground of art. 26(1): what that ends, and for whom. */
export function EndMediation({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { state } = useCase()
  const { run, busy, problem } = useCommand()
  const [ground, setGround] = useState<(typeof RECORDED_GROUNDS)[number]>()
  const [sideId, setSide] = useState<SideId>()
  const sides = state.facts?.sides ?? []
  const refusing = ground === 'refused' ? sideId : undefined
  const missing = !ground ? t('rooms.mediation.missing') : ground === 'refused' && !sideId && t('rooms.mediation.missing-side')
  return (
    <ConfirmDialog
      title={t('rooms.mediation.end-title')}
      kind="danger"
      cancel={t('rooms.mediation.go-on')}
      confirm={t('rooms.mediation.end-do')}
      busy={busy}
      missing={missing}
      problem={problem}
      act={async () => ground !== undefined && (await run(mediationEnd, { ground, ...(refusing && { sideId: refusing }) }))}
      onClose={onClose}
    >
      <p>{t('rooms.mediation.agreed')}</p>
      <p>{t('rooms.mediation.end-words', { sides: sides.map(({ name }) => name).join(', ') })}</p>
      <RadioGroup
        label={t('rooms.mediation.ground')}
        value={ground}
        onChange={setGround}
        options={RECORDED_GROUNDS.map((value) => ({ value, label: t(`rooms.mediation.ground.${value}`) }))}
      />
      {ground === 'refused' && (
        <RadioGroup
          label={t('rooms.mediation.which-side')}
          value={sideId}
          onChange={setSide}
          options={sides.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </ConfirmDialog>
  )
}
