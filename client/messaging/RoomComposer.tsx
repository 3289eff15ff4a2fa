// Where one writes in a room: the question before the first message after a switch, the seconds in which it can be taken back, the field.
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { everybody } from '#client/rooms/people.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { UndoToast } from '#client/ui/feedback/UndoToast.tsx'
import { LetterFault } from '#client/ui/forms/LetterFault.tsx'
import { useMedia } from '#client/ui/state/use-media.ts'
import { Composer } from '#client/ui/talk/Composer.tsx'
import { useEnterChoice } from '#client/ui/talk/enter-sends.ts'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { mayAtAll } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { postAct } from '#shared/messaging/messaging-acts.ts'
import { isOpenTalk, type Talk, talkIn } from '#shared/messaging/messaging-policy.ts'
import { MAX_MESSAGE_LENGTH } from '#shared/messaging/messaging-protocol.ts'
import { textProblem } from '#shared/protocol/text-reasons.ts'
import { membersOf, roomFold } from '#shared/rooms/room-state.ts'
import { EnterHint } from './EnterHint.tsx'
import type { ReaderWords } from './readers.ts'
import { useMayWrite } from './use-may-write.ts'
import { useReaders } from './use-readers.ts'
import { useTalk, useTalkStore } from './use-talk.tsx'
import './messaging.css'

/** `alone`: the person has no other room, so nothing has to be asked. */
export function RoomComposer({ room, alone, before }: { room: RoomView; alone: boolean; before?: ReactNode }) {
  const t = useTexts()
  const talk = useTalkStore()
  const { guard, words } = useTalk()
  const { me } = useCase()
  const standing = talkIn(useView(), room.audience)
  const readers = useReaders(room)
  const wide = useMedia('full-words')
  const enter = useEnterChoice()
  const { audience } = room
  const mayWrite = useMayWrite(audience)
  // entering is noted while drawing is committed, so that no press can come before it
  useEffect(() => talk.guard({ type: 'entered', room: audience, alone }), [talk, audience, alone])

  // after the question the hands are back where they were
  const asking = guard.asking?.audience === audience
  const asked = useRef(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked.current && !asking) place.current?.querySelector('textarea')?.focus()
    asked.current = asking
  }, [asking])

  // what was confirmed goes out when its seconds are over, whatever stands in the place of the field
  if (!mayWrite || (guard.asking && asking))
    return (
      <>
        <Held />
        {mayWrite && guard.asking ? (
          <Question room={room} readers={readers} text={guard.asking.text} />
        ) : (
          <Closed room={room} words={closedWords(room, me, standing, t)} />
        )}
      </>
    )
  const text = words[audience] ?? ''
  const clean = cleanText('message', text)
  const excess = clean.length - MAX_MESSAGE_LENGTH
  const fault = excess > 0 ? undefined : textProblem('message', clean)
  return (
    <div ref={place}>
      <Held />
      {excess > 0 && (
        <p className="messaging-limit" role="status">
          {t('messaging.too-long', { count: excess })}
        </p>
      )}
      <Composer
        who={room.who}
        readers={wide ? readers.composer : readers.composerShort}
        readersMore={wide ? readers.composerMore : ''}
        value={text}
        onChange={(next) => talk.write(audience, next)}
        onSend={() => {
          if (excess <= 0) talk.press(audience)
        }}
        sendLabel={wide ? readers.send : readers.sendShort}
        label={readers.field}
        placeholder={readers.placeholder}
        before={before}
        enterSends={enter?.sends ?? false}
        hint={enter && <EnterHint {...enter} />}
        fault={fault && <LetterFault problem={fault} use="message" value={text} onChange={(next) => talk.write(audience, next)} />}
      />
    </div>
  )
}

/** Whatever keeps one from writing, as everybody in the room is told it. */
function closedWords(room: RoomView, me: Person, talk: Talk | undefined, t: ReturnType<typeof useTexts>): string {
  const { phase, suspended } = talk?.state ?? {}
  if (phase === 'closed') return t('messaging.closed.ended')
  if (!mayAtAll(me, postAct, room.audience)) return t('messaging.closed.looking-on')
  if (room.over) return t('messaging.closed.over')
  if (talk?.recordClosed) return t('messaging.reason.record-closed')
  if (suspended && room.kind !== 'side' && room.kind !== 'direct') return t('messaging.closed.suspended')
  if (talk && isOpenTalk(me, room.audience, talk)) return t(talk.locked ? 'messaging.closed.locked' : 'messaging.closed.line')
  if (room.kind === 'joint') return phase === 'preparing' ? t('messaging.closed.not-begun') : t('messaging.closed.between')
  return t('messaging.closed.here')
}

function Closed({ room, words }: { room: RoomView; words: string }) {
  return (
    <div className="messaging-closed" data-who={room.who}>
      <Ribbon who={room.who}>{words}</Ribbon>
    </div>
  )
}

/** Asked once after coming into a room, naming who will read. */
function Question({ room, readers, text }: { room: RoomView; readers: ReaderWords; text: string }) {
  const t = useTexts()
  const talk = useTalkStore()
  const client = useCaseClient()
  const yes = useRef<HTMLDivElement>(null)
  useEffect(() => yes.current?.querySelector('button')?.focus(), [])
  return (
    <div
      className="messaging-question"
      data-who={room.who}
      role="alertdialog"
      aria-label={t('messaging.question.title')}
      aria-describedby="messaging-question"
      onKeyDown={(event) => {
        // the key that asked the question, still held down, is no answer to it
        if (event.repeat) event.preventDefault()
        if (event.key === 'Escape') talk.guard({ type: 'declined' })
      }}
    >
      <Ribbon who={room.who} id="messaging-question" more={readers.names}>
        {room.kind === 'joint' ? t('messaging.question.all') : t('messaging.question.private')}
      </Ribbon>
      <blockquote>{text}</blockquote>
      <div className="messaging-acts" ref={yes}>
        <Button kind="who" who={room.who} onClick={() => talk.guard({ type: 'confirmed', seen: client.store.seen(room.audience) })}>
          {readers.send}
        </Button>
        <Button kind="quiet" onClick={() => talk.guard({ type: 'declined' })}>
          {t('messaging.question.back')}
        </Button>
      </div>
    </div>
  )
}

/** What was confirmed and can still be taken back, whichever room is shown. */
export function Held() {
  const t = useTexts()
  const talk = useTalkStore()
  const client = useCaseClient()
  const { guard } = useTalk()
  const view = useView()
  const { state, me } = useCase()
  /** Whose eyes it waits for, as the ribbon of that room says it. */
  const heldFor = (audience: Audience) => {
    if (audience === 'all') return 'all'
    if (audienceKind(audience) === 'room') return 'group'
    if (mediates(me)) return audienceKind(audience) === 'direct' ? 'direct' : 'side'
    const readers = new Set(membersOf(view.state(roomFold, audience)))
    return everybody(state).some((person) => person.id !== me.id && !mediates(person) && readers.has(person.id))
      ? 'mediator-with'
      : 'mediator'
  }
  return guard.held.map(({ audience, text }) => (
    <div className="messaging-held" key={`${audience} ${text}`}>
      <UndoToast
        clock={client.clock}
        timers={client.timers}
        onUndo={() => talk.guard({ type: 'taken-back', audience })}
        onDone={() => talk.guard({ type: 'time-over', audience })}
      >
        {t(`messaging.held.${heldFor(audience)}`)}
      </UndoToast>
    </div>
  ))
}
