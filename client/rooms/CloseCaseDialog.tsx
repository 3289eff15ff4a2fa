import { useTexts } from '#client/i18n/texts.tsx'
import { useAct } from '#client/realtime/use-act.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { caseClose } from '#shared/cases/case-protocol.ts'

/** After a settlement people can write to each other until the mediator closes the case. Says what that ends, and what stays. */
export function CloseCaseDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useAct()
  const close = async () => {
    if (await run(caseClose, {})) onClose()
  }
  return (
    <Dialog
      title={t('rooms.case.close-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={() => void close()}>
            {t('rooms.case.close')}
          </Button>
        </>
      }
    >
      <Stack gap={3}>
        {problem && <ProblemBanner problem={problem} />}
        <p>{t('rooms.case.close-words')}</p>
        <p>{t('rooms.case.close-stays')}</p>
      </Stack>
    </Dialog>
  )
}
