// "Please come": the side asks for the mediator, with one of three reasons. The mediator learns of it, and whoever else is of that side.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { sideWho } from '#client/rooms/people.ts'
import { useCase, useConnected } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { FetchedDialog } from '#client/ui/frame/FetchedDialog.tsx'
import { mediatorsOf, nameIn } from '#shared/cases/case-state.ts'
import { canCallMediator } from '#shared/caucus/caucus-policy.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { useCaucus } from './use-caucus.ts'
import './caucus.css'

const load = async () => (await import('./CallDialog.tsx')).CallDialog

export function CallMediator({ sideId }: { sideId: SideId }) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const { call } = useCaucus(sideId)
  const [open, setOpen] = useState(false)
  // without a connection of one's own nobody knows, and nothing is said of it
  const offline = useConnectionState().kind === 'offline'
  const connected = useConnected()
  const there = offline || mediatorsOf(state).some(({ id }) => connected.has(id))
  const who = sideWho(state, sideId)
  if (!canCallMediator(me, sideId, state.phase)) return null
  if (call) {
    const isMine = call.by === me.id
    return (
      <Banner
        who={who}
        icon="hand"
        title={
          isMine
            ? t('caucus.call.pending')
            : t('caucus.call.pending-by', { name: call.by === 'system' ? '' : (nameIn(state, call.by) ?? '') })
        }
      >
        {t(`caucus.call.pending-${there ? 'words' : 'away'}${isMine ? '' : '-by'}`, { time: f.time(call.at) })}
      </Banner>
    )
  }
  return (
    <>
      <Button icon="hand" wide onClick={() => setOpen(true)}>
        {t('caucus.call.button')}
      </Button>
      {open && <FetchedDialog load={load} props={{ sideId, onClose: () => setOpen(false) }} title={t('caucus.call.button')} />}
    </>
  )
}
