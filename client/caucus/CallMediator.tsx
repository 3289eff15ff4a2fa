// "Please come": the side asks for the mediator, with one of three reasons. Only the mediator learns of it.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { sideWho } from '#client/rooms/people.ts'
import { useCase, useConnected } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { canCallMediator } from '#shared/caucus/caucus-policy.ts'
import { CALL_REASONS, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { useCaucus } from './use-caucus.ts'
import './caucus.css'

export function CallMediator({ sideId }: { sideId: SideId }) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const { call } = useCaucus(sideId)
  const { run, busy, problem } = useCommand()
  const [open, setOpen] = useState(false)
  // without a connection of one's own nobody knows, and nothing is said of it
  const offline = useConnectionState().kind === 'offline'
  const connected = useConnected()
  const there = offline || mediatorsOf(state).some(({ id }) => connected.has(id))
  const who = sideWho(state, sideId)
  if (!canCallMediator(me, sideId, state.phase)) return null
  if (call) {
    return (
      <Banner who={who} icon="hand" title={t('caucus.call.pending')}>
        {t(there ? 'caucus.call.pending-words' : 'caucus.call.pending-away', { time: f.time(call.at) })}
      </Banner>
    )
  }
  return (
    <>
      <Button icon="hand" wide onClick={() => setOpen(true)}>
        {t('caucus.call.button')}
      </Button>
      {open && (
        <Dialog title={t('caucus.call.title')} size="s" onClose={() => setOpen(false)}>
          <Stack gap={3}>
            {problem && <ProblemBanner problem={problem} />}
            <p>{t('caucus.call.words')}</p>
            {CALL_REASONS.map((reason) => (
              <Button
                key={reason}
                size="l"
                wide
                busy={busy}
                onClick={() => {
                  void run(mediatorCall, { sideId, reason }).then((done) => {
                    if (done) setOpen(false)
                  })
                }}
              >
                {t(`caucus.call.reason.${reason}`)}
              </Button>
            ))}
          </Stack>
        </Dialog>
      )}
    </>
  )
}
