// An own message that the server does not have yet, or would not take: what it waits for, and what its author can do.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { mayPassAgain, type OutboxEntry } from '#client/realtime/outbox-entries.ts'
import { useCaseClient, useConnectionState } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { CopyButton } from '#client/ui/actions/CopyButton.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { OwnMessage } from '#client/ui/talk/Message.tsx'
import { isLineInterrupted } from '#shared/rooms/line-state.ts'
import { useMayWrite } from './use-may-write.ts'
import { useReaders } from './use-readers.ts'
import { useTalkStore } from './use-talk.tsx'
import './messaging.css'

export function UnsentMessage({ room, entry, text }: { room: RoomView; entry: OutboxEntry; text: string }) {
  const t = useTexts()
  const f = useFormats()
  const client = useCaseClient()
  const talk = useTalkStore()
  const { kind: connection } = useConnectionState()
  const { onOwn } = useReaders(room)
  const mayWrite = useMayWrite(room.audience)
  const interrupted = isLineInterrupted(useView())
  const waitsForLine = interrupted && !mayWrite && room.audience === 'all'
  const time = f.time(entry.pressedAt)
  if (entry.state.kind !== 'refused') {
    const waitsFor =
      entry.state.kind === 'stored'
        ? t('messaging.state.stored', { readers: onOwn })
        : entry.state.kind === 'sending'
          ? t('messaging.state.sending')
          : connection === 'live'
            ? t(waitsForLine ? 'messaging.state.line' : 'messaging.state.next')
            : t('messaging.state.no-connection')
    return (
      <OwnMessage
        label={t('messaging.you-wrote')}
        time={time}
        timeTitle={f.stamp(entry.pressedAt)}
        state={entry.state.kind === 'stored' ? 'sent' : 'waiting'}
        stateWords={waitsFor}
      >
        {text}
      </OwnMessage>
    )
  }
  const { problem } = entry.state
  const newReaders = problem.reason === 'messaging/readers-changed'
  const gone = problem.kind === 'not-found'
  // where nobody can write, the same words would only be refused again
  const again = mayWrite && mayPassAgain(problem)
  return (
    <OwnMessage
      label={t('messaging.you-wrote')}
      time={time}
      timeTitle={f.stamp(entry.pressedAt)}
      state="refused"
      stateWords={t('messaging.state.refused')}
      foot={
        <section className="messaging-refused" aria-label={t('messaging.refused.title')}>
          <p>{gone ? t('messaging.refused.room-gone') : problemWords(problem, t)}</p>
          <div className="messaging-acts">
            {again && (
              <Button
                size="s"
                kind={newReaders ? 'who' : 'plain'}
                who={room.who}
                onClick={() => client.outbox.again(entry.id, client.store.seen(room.audience))}
              >
                {newReaders ? t('messaging.refused.send-anyway') : t('messaging.refused.again')}
              </Button>
            )}
            <Button size="s" icon="pen" onClick={() => talk.edit(entry.id, room.audience)}>
              {t('messaging.refused.edit')}
            </Button>
            {!again && (
              <CopyButton size="s" kind="plain" text={text}>
                {t('messaging.refused.copy')}
              </CopyButton>
            )}
            <Button size="s" kind="quiet" icon="trash" onClick={() => client.outbox.discard(entry.id)}>
              {t('messaging.refused.discard')}
            </Button>
          </div>
        </section>
      }
    >
      {text}
    </OwnMessage>
  )
}
