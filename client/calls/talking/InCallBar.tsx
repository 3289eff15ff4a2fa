// In a call: in the room's colour, who hears, whether one's own microphone is on, who is in it. What is pressed here acts at once.
import { useEffect } from 'react'
import { MicrophoneFault } from '#client/calls/MicrophoneFault.tsx'
import type { InCall } from '#client/calls/own-call.ts'
import { type Numbers, Telephone } from '#client/calls/Telephone.tsx'
import { useCallSession, useCallsHere, useJointCall } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button, IconButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { callPause } from '#shared/calls/calls-protocol.ts'
import { nameIn } from '#shared/cases/case-state.ts'
import { CallPeople } from './CallPeople.tsx'
import { CallPictures } from './CallPictures.tsx'
import { useHearingWords } from './use-hearing-words.ts'
import '#client/calls/calls.css'

interface InCallBarProps extends Numbers {
  readonly own: InCall
  readonly room: RoomView
  readonly onMore: () => void
  readonly onLeft: () => void
}

export function InCallBar({ own, room, phones, onMore, onLeft }: InCallBarProps) {
  const t = useTexts()
  const session = useCallSession()
  const hearing = useHearingWords(room)
  const announce = useAnnounce()
  const { holds } = useJointCall()
  const { run, busy, problem } = useCommand()
  const { muted, away, microphoneFault } = own
  const words = away ? t('calls.away') : muted ? t('calls.muted') : hearing
  useEffect(() => announce(words), [announce, words])
  return (
    <section
      className="calls-bar"
      data-who={room.who}
      data-private={room.kind === 'joint' ? undefined : true}
      aria-label={t('calls.people')}
    >
      <p className="calls-hearing" role={problem ? 'alert' : undefined}>
        <Icon name={away ? 'wifi-off' : muted ? 'mic-off' : room.kind === 'joint' ? 'people' : 'lock'} />
        <span>
          {problem ? problemWords(problem, t) : words}
          {own.form === 'sfu' && <span className="calls-quiet"> {t('calls.through-server')}</span>}
          {muted && !away && (
            <span className="calls-quiet"> {t(room.kind === 'joint' ? 'calls.enter.title.joint' : 'calls.enter.title.apart')}</span>
          )}
        </span>
      </p>
      <CallPeople own={own} />
      <div className="calls-acts">
        <Button
          kind={muted ? 'who' : 'plain'}
          who={room.who}
          icon={muted ? 'mic-off' : 'mic'}
          onClick={() => (muted ? void session.speak() : session.mute())}
        >
          {t(muted ? 'calls.speak' : 'calls.mute')}
        </Button>
        {holds && room.kind === 'joint' && (
          <Button kind="quiet" icon="pause" busy={busy} onClick={() => void run(callPause, {})}>
            {t('calls.pause')}
          </Button>
        )}
        <IconButton icon="settings" label={t('calls.more')} onClick={onMore} />
        <Button
          kind="quiet"
          icon="leave"
          onClick={() => {
            onLeft()
            void session.leave()
          }}
        >
          {t('calls.leave')}
        </Button>
      </div>
      <CallPictures own={own} />
      {microphoneFault && <MicrophoneFault fault={microphoneFault} phones={phones} />}
      {own.held && (
        <p className="calls-note">
          {t('calls.held')} <Button onClick={() => session.release()}>{t('calls.held.do')}</Button>
        </p>
      )}
      <NotReached own={own} phones={phones} />
    </section>
  )
}

/** TURN is down, or a network lets nothing through: said after a while, with the way that stays. */
function NotReached({ own, phones }: Numbers & { readonly own: InCall }) {
  const t = useTexts()
  const f = useFormats()
  const { state } = useCase()
  const called = useShortNames()
  const session = useCallSession()
  const { members: heard } = useStore(session.watch.heard)
  const members = useCallsHere().members.get(own.audience) ?? []
  const names = members
    .filter(({ mediaId }) => heard.get(mediaId)?.reach === 'unreachable')
    .map(({ participantId }) => called(nameIn(state, participantId) ?? ''))
  if (names.length === 0) return null
  return (
    <div className="calls-note" role="alert">
      <p>{t('calls.unreachable', { names: f.list(names) })}</p>
      <Telephone phones={phones} />
      <Button size="s" icon="refresh" onClick={() => session.tryAgain()}>
        {t('calls.unreachable.again')}
      </Button>
    </div>
  )
}
