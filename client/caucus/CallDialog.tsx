import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { peopleOf } from '#shared/cases/case-state.ts'
import { CALL_REASONS, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import type { SideId } from '#shared/kernel/ids.ts'

/** For one of three reasons; gone once the mediator was called. */
export function CallDialog({ sideId, onClose }: { sideId: SideId; onClose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  const { state, me } = useCase()
  const coParties = peopleOf(state, sideId).filter(({ id }) => id !== me.id)
  const { run, busy, problem } = useCommand()
  const call = async (reason: (typeof CALL_REASONS)[number]) => {
    if (await run(mediatorCall, { sideId, reason })) onClose()
  }
  return (
    <Dialog title={t('caucus.call.title')} size="s" onClose={onClose}>
      <Stack gap={3}>
        {problem && <ProblemBanner problem={problem} />}
        <p>
          {coParties.length === 0
            ? t('caucus.call.words')
            : t('caucus.call.words-with', { names: f.list(coParties.map(({ name }) => called(name))) })}
        </p>
        {CALL_REASONS.map((reason) => (
          <Button key={reason} size="l" wide busy={busy} onClick={() => void call(reason)}>
            {t(`caucus.call.reason.${reason}`)}
          </Button>
        ))}
      </Stack>
    </Dialog>
  )
}
