// Leaving the mediation, open to a side at any time (law on mediation, art. 5(2), 26(1)4). Says what it does, asks once.
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { peopleOf } from '#shared/cases/case-state.ts'
import { useCase } from './use-room.ts'

export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const others = me.sideId ? peopleOf(state, me.sideId).filter(({ id }) => id !== me.id) : []
  return (
    <ConfirmDialog
      title={t('rooms.leave.title')}
      kind="danger"
      icon="leave"
      cancel={t('rooms.leave.stay')}
      confirm={t('rooms.leave.do')}
      busy={busy}
      problem={problem}
      act={() => run(mediationLeave, {})}
      onClose={onClose}
      gap={3}
    >
      <p>{t('rooms.leave.right')}</p>
      <ul className="rooms-list">
        <li>{t('rooms.leave.ends')}</li>
        <li>{t('rooms.leave.told')}</li>
        {others.length > 0 && <li>{t('rooms.leave.co-parties', { names: others.map(({ name }) => name).join(', ') })}</li>}
        <li>{t('rooms.leave.closed')}</li>
        <li>{t('rooms.leave.court')}</li>
      </ul>
      <p>{t('rooms.leave.instead')}</p>
    </ConfirmDialog>
  )
}
