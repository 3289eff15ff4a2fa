// What was said in one room. New words are spoken politely and never take the focus. Only what is near what is read is drawn.
import { type ReactNode, useMemo, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useHeldFrom, useOutboxEntries, useSlice } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useConnected } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { signOf } from '#client/ui/base/who.ts'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { Talk } from '#client/ui/talk/Message.tsx'
import { TalkPart } from '#client/ui/talk/TalkPart.tsx'
import { mediates } from '#shared/kernel/roles.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { type LineContext, Lines } from './Lines.tsx'
import { useMayRemove } from './RemoveMessage.tsx'
import { RemovalRoom } from './removal-place.ts'
import { createTimeline, lastOf, type Stretch, type TimelineEvent } from './timeline.ts'
import { UnsentMessage } from './UnsentMessage.tsx'
import { useMayWrite } from './use-may-write.ts'
import { useReaders } from './use-readers.ts'
import { useSeen } from './use-seen.ts'
import { useSpoken } from './use-spoken.ts'
import { useUnread } from './use-unread.ts'
import './messaging.css'

interface ConversationProps {
  readonly room: RoomView
  /** Drawn from these words on, wherever one reads: one begins there. */
  readonly from?: number | undefined
  readonly roomEvents: readonly TimelineEvent[]
  /** Above what is held here, while something was said before it. */
  readonly older: ReactNode
  /** Below all else: what is on its way and is no message. */
  readonly unsent?: ReactNode
}

/** A conversation of so few stretches is drawn whole: the browser can search it. Of a longer one, so many lines at its end, wherever one reads. */
const WHOLE = 8
const END = 24
/** A guess in pixels; the true height is known once it was drawn. */
const LINE = 90

export function Conversation({ room, from, roomEvents, older, unsent }: ConversationProps) {
  const t = useTexts()
  const { audience } = room
  const { me } = useCase()
  const entries = useOutboxEntries()
  const { isoDate } = useFormats()
  const messages = (useSlice(messagingFold, audience) ?? messagingFold.initial).messages
  const held = useHeldFrom(audience)
  const [timelineOf] = useState(createTimeline)
  const timeline = useMemo(
    () => timelineOf({ messages, roomEvents, entries, held, audience, day: isoDate }),
    [timelineOf, messages, roomEvents, entries, held, audience, isoDate],
  )
  useSpoken(audience, messages)
  const box = useSeen(audience, useUnread()(audience).at(-1)?.seq)
  const context = useLineContext(room)
  const mayWrite = useMayWrite(audience)
  const { stretches, tail } = timeline
  const lastOwn = lastOf(timeline, me.id)
  const end = !held && stretches.length <= WHOLE ? 0 : endOf(stretches, from)
  const silent =
    messages.size === 0 && !held && !unsent && !tail.some(({ kind }) => kind === 'entry') && !roomEvents.some(({ isSaid }) => isSaid)
  return (
    <RemovalRoom value={room}>
      <Talk key={audience} ref={box} who={room.who} label={t('messaging.conversation')}>
        {held && <div className="messaging-before">{older}</div>}
        {stretches.map(({ key, items, lastBy }, nth) => (
          <TalkPart key={key} always={nth >= end} guess={items.length * LINE}>
            <Lines items={items} context={context} lastOwn={lastBy.get(me.id) === lastOwn ? lastOwn : undefined} />
          </TalkPart>
        ))}
        {tail.length > 0 && (
          <TalkPart key="tail" always guess={0}>
            {tail.map((item) =>
              item.kind === 'entry' ? (
                <UnsentMessage key={item.key} room={room} entry={item.entry} text={item.text} />
              ) : (
                <Lines key={item.key} items={[item]} context={context} lastOwn={undefined} />
              ),
            )}
          </TalkPart>
        )}
        {unsent}
      </Talk>
      {silent && mayWrite && <NobodyYet room={room} />}
    </RemovalRoom>
  )
}

function useLineContext(room: RoomView): LineContext {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const connected = useConnected()
  const called = useShortNames()
  const { onOwn, onOthers } = useReaders(room)
  const { audience } = room
  const mayRemove = useMayRemove(audience)
  return useMemo(
    () => ({ t, f, state, me: me.id, audience, called, connected, onOwn, onOthers, mayRemove }),
    [t, f, state, me.id, audience, called, connected, onOwn, onOthers, mayRemove],
  )
}

/** The first of the stretches that are drawn wherever one reads. */
function endOf(stretches: readonly Stretch[], from = Number.POSITIVE_INFINITY): number {
  let first = stretches.length
  for (let lines = 0; first > 0 && (lines < END || lastIn(stretches[first - 1]) >= from); first--)
    lines += stretches[first - 1]?.items.length ?? 0
  return first
}

function lastIn(stretch: Stretch | undefined): number {
  const last = stretch?.items.findLast((item) => item.kind === 'message')
  return last?.kind === 'message' ? last.message.seq : 0
}

function NobodyYet({ room }: { room: RoomView }) {
  const t = useTexts()
  const { me } = useCase()
  const words =
    room.kind === 'joint'
      ? t('messaging.empty.all')
      : room.kind === 'group'
        ? t('messaging.empty.group')
        : mediates(me)
          ? t('messaging.empty.side')
          : room.kind === 'direct'
            ? t('messaging.empty.direct')
            : t('messaging.empty.mediator')
  return (
    <EmptyState icon={signOf(room.who)} title={t('messaging.empty.title')}>
      {words}
    </EmptyState>
  )
}
