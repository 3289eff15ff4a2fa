import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { caseClose } from '#shared/cases/case-protocol.ts'

/** After a settlement people can write to each other until the mediator closes the case. Says what that ends, and what stays. */
export function CloseCaseDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  return (
    <ConfirmDialog
      title={t('rooms.case.close-title')}
      kind="danger"
      cancel={t('rooms.case.close-not')}
      confirm={t('rooms.case.close-do')}
      busy={busy}
      problem={problem}
      act={() => run(caseClose, {})}
      onClose={onClose}
      gap={3}
    >
      <p>{t('rooms.case.close-words')}</p>
      <p>{t('rooms.case.close-stays')}</p>
    </ConfirmDialog>
  )
}
