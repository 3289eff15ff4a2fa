// Leaving the mediation, open to a side at any time (law on mediation, art. 5(2), 26(1)4). Says what it does, asks once.
import { useTexts } from '#client/i18n/texts.tsx'
import { useAct } from '#client/realtime/use-act.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { peopleOf } from '#shared/cases/case-state.ts'
import { useCase } from './use-room.ts'

export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useAct()
  const others = me.sideId ? peopleOf(state, me.sideId).filter(({ id }) => id !== me.id) : []
  return (
    <Dialog
      title={t('rooms.leave.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('rooms.leave.stay')}</Button>
          <Button kind="danger" icon="leave" busy={busy} onClick={() => void run(mediationLeave, {})}>
            {t('rooms.leave.do')}
          </Button>
        </>
      }
    >
      <Stack gap={3}>
        {problem && <ProblemBanner problem={problem} />}
        <p>{t('rooms.leave.right')}</p>
        <ul className="rooms-list">
          <li>{t('rooms.leave.ends')}</li>
          <li>{t('rooms.leave.told')}</li>
          {others.length > 0 && <li>{t('rooms.leave.co-parties', { names: others.map(({ name }) => name).join(', ') })}</li>}
          <li>{t('rooms.leave.closed')}</li>
          <li>{t('rooms.leave.court')}</li>
        </ul>
        <p>{t('rooms.leave.instead')}</p>
      </Stack>
    </Dialog>
  )
}
