import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { CALL_REASONS, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import type { SideId } from '#shared/kernel/ids.ts'

/** For one of three reasons; gone once the mediator was called. */
export function CallDialog({ sideId, onClose }: { sideId: SideId; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const call = async (reason: (typeof CALL_REASONS)[number]) => {
    if (await run(mediatorCall, { sideId, reason })) onClose()
  }
  return (
    <Dialog title={t('caucus.call.title')} size="s" onClose={onClose}>
      <Stack gap={3}>
        {problem && <ProblemBanner problem={problem} />}
        <p>{t('caucus.call.words')}</p>
        {CALL_REASONS.map((reason) => (
          <Button key={reason} size="l" wide busy={busy} onClick={() => void call(reason)}>
            {t(`caucus.call.reason.${reason}`)}
          </Button>
        ))}
      </Stack>
    </Dialog>
  )
}
