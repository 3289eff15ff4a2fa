// What was said in one room. New words are spoken politely and never take the focus.
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { holdsBack } from '#client/realtime/outbox-entries.ts'
import { useHeldFrom, useOutboxEntries, useSlice } from '#client/realtime/use-case.tsx'
import { personView } from '#client/rooms/people.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useConnected } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { EventLine, OthersMessage, OwnMessage, RemovedMessage, Talk } from '#client/ui/talk/Message.tsx'
import { mediates } from '#shared/kernel/roles.ts'
import { lastValue, type SeqMap, valueAt, valuesOf } from '#shared/log/seq-map.ts'
import { type Message, messagingFold } from '#shared/messaging/messaging-state.ts'
import { placeOf, useMessageMenu } from './RemoveMessage.tsx'
import { removedWords } from './removed-words.ts'
import { type TimelineEvent, timelineOf } from './timeline.ts'
import { UnsentMessage } from './UnsentMessage.tsx'
import { useReaders } from './use-readers.ts'

interface ConversationProps {
  readonly room: RoomView
  readonly roomEvents: readonly TimelineEvent[]
  /** Above what is held here, while something was said before it. */
  readonly older: ReactNode
}

export function Conversation({ room, roomEvents, older }: ConversationProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const readers = useReaders(room)
  const connected = useConnected()
  const entries = useOutboxEntries()
  const said = (useSlice(messagingFold, room.audience) ?? messagingFold.initial).messages
  const messages = useMemo(() => valuesOf(said), [said])
  const held = useHeldFrom(room.audience)
  const items = useMemo(
    () => timelineOf({ messages, roomEvents, entries, held, audience: room.audience, day: (at) => f.isoDate(at) }),
    [messages, roomEvents, entries, held, room.audience, f],
  )
  useSpoken(room, said)
  const lineOf = ({ at, words }: TimelineEvent) => (typeof words === 'string' ? t('messaging.event', { time: f.time(at), words }) : words)
  const menuOf = useMessageMenu(room)
  const lastOwn = messages.findLast(({ by, text }) => by === me.id && text !== undefined)?.seq
  const blocked = entries.some((entry) => entry.audience === room.audience && holdsBack(entry))
  if (items.length === 0 && !held) return <NobodyYet room={room} />
  return (
    <Talk who={room.who} label={t('messaging.conversation')}>
      {held && older}
      {items.map((item) => {
        switch (item.kind) {
          case 'day':
            return <EventLine key={item.key}>{f.date(item.at)}</EventLine>
          case 'event':
            return <EventLine key={item.key}>{lineOf(item.roomEvent)}</EventLine>
          case 'entry':
            return <UnsentMessage key={item.key} room={room} entry={item.entry} text={item.text} blocked={blocked} />
          case 'removed':
            return (
              <RemovedMessage key={item.key} id={placeOf(item.message)} timeTitle={f.stamp(item.message.at)}>
                {removedWords(item.message, item.removal, { t, f, state, me: me.id })}
              </RemovedMessage>
            )
          case 'message': {
            const { message, text } = item
            if (message.by === me.id) {
              return (
                <OwnMessage
                  key={item.key}
                  label={t('messaging.you-wrote')}
                  time={f.time(message.at)}
                  timeTitle={f.stamp(message.at)}
                  more={menuOf(message, text, t('messaging.you'))}
                  stateWords={message.seq === lastOwn ? t('messaging.state.stored', { readers: readers.onOwn }) : readers.onOwn}
                >
                  {text}
                </OwnMessage>
              )
            }
            const author = personView(state, message.by)
            const role = author && mediates(author) ? t('messaging.role.mediator') : (author?.side?.name ?? '')
            return (
              <OthersMessage
                key={item.key}
                who={author?.who ?? 'self'}
                name={author?.name ?? t('messaging.somebody')}
                note={`${role} · ${readers.onOthers}`}
                time={f.time(message.at)}
                timeTitle={f.stamp(message.at)}
                follows={item.follows}
                away={author !== undefined && !connected.has(author.id)}
                more={menuOf(message, text, author?.name ?? t('messaging.somebody'))}
              >
                {text}
              </OthersMessage>
            )
          }
          default:
            return null
        }
      })}
    </Talk>
  )
}

function NobodyYet({ room }: { room: RoomView }) {
  const t = useTexts()
  const { me } = useCase()
  const words =
    room.kind === 'joint'
      ? t('messaging.empty.all')
      : mediates(me)
        ? t('messaging.empty.side')
        : room.kind === 'direct'
          ? t('messaging.empty.direct')
          : t('messaging.empty.mediator')
  return (
    <EmptyState icon={room.kind === 'joint' ? 'people' : 'lock'} title={t('messaging.empty.title')}>
      {words}
    </EmptyState>
  )
}

/** Speaks what others say, and what is taken away, in the room that is shown, from the moment it is shown. */
function useSpoken(room: RoomView, messages: SeqMap<Message>) {
  const t = useTexts()
  const f = useFormats()
  const announce = useAnnounce()
  const { state, me } = useCase()
  const heard = useRef({ audience: room.audience, messages })
  useEffect(() => {
    const before = heard.current
    heard.current = { audience: room.audience, messages }
    if (before.audience !== room.audience) return
    const last = lastValue(before.messages)?.seq ?? 0
    const said = valuesOf(messages, last).flatMap(({ by, text }) =>
      by !== me.id && text !== undefined ? [t('messaging.announce', { name: personView(state, by)?.name ?? '', text })] : [],
    )
    // What is spoken of a removal takes the place of what was spoken before: the page keeps no words that are destroyed.
    const gone = valuesOf(messages).flatMap((message) =>
      message.removed && !valueAt(before.messages, message.seq)?.removed
        ? [removedWords(message, message.removed, { t, f, state, me: me.id })]
        : [],
    )
    const words = [...said, ...gone]
    if (words.length > 0) announce(words.join('. '))
  }, [room.audience, messages, announce, t, f, state, me.id])
}
