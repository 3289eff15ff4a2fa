// The lines of one stretch of a conversation. Drawn anew only when something in it, or what is said about all of it, has changed.
import { Fragment, memo, type ReactElement, useContext } from 'react'
import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { personView } from '#client/rooms/people.ts'
import { roleWords } from '#client/rooms/role-words.ts'
import type { ShortNames } from '#client/rooms/short-names.ts'
import { EventLine, OthersMessage, OwnMessage, RemovedMessage } from '#client/ui/talk/Message.tsx'
import type { CaseState } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { MessageActsContext } from './message-acts.ts'
import { MessageMenu } from './RemoveMessage.tsx'
import type { ReaderWords } from './readers.ts'
import { placeOf } from './removal-place.ts'
import { removedWords } from './removed-words.ts'
import type { SaidItem, TimelineEvent } from './timeline.ts'

/** What the lines of a whole conversation have in common: the same object as long as nothing of it changes. */
export interface LineContext extends Pick<ReaderWords, 'onOwn' | 'onOthers'> {
  readonly t: Translate
  readonly f: Formats
  readonly state: CaseState
  readonly me: ParticipantId
  readonly audience: Audience
  readonly called: ShortNames
  readonly connected: ReadonlySet<ParticipantId>
  readonly mayRemove: (author: ParticipantId) => boolean
}

interface LinesProps {
  readonly items: readonly SaidItem[]
  readonly context: LineContext
  /** One's own message that says that it is stored, if it is among these. */
  readonly lastOwn: number | undefined
}

export const Lines = memo(function Lines({ items, context, lastOwn }: LinesProps) {
  return items.map((item) => lineOf(item, context, lastOwn))
})

function lineOf(item: SaidItem, context: LineContext, lastOwn: number | undefined): ReactElement {
  const { t, f, state, me } = context
  switch (item.kind) {
    case 'day':
      return <EventLine key={item.key}>{f.date(item.at)}</EventLine>
    case 'event':
      return item.roomEvent.isSaid ? (
        <Fragment key={item.key}>{item.roomEvent.words}</Fragment>
      ) : (
        <EventLine key={item.key}>{wordsOf(item.roomEvent, context)}</EventLine>
      )
    case 'removed':
      return (
        <RemovedMessage key={item.key} id={placeOf(item.message)} timeTitle={f.stamp(item.message.at)}>
          {removedWords(item.message, item.removal, { t, f, state, me })}
        </RemovedMessage>
      )
    case 'message':
      return item.message.by === me && !item.message.released ? (
        <Own key={item.key} message={item.message} text={item.text} context={context} isLast={item.message.seq === lastOwn} />
      ) : (
        <Others key={item.key} message={item.message} text={item.text} context={context} follows={item.follows} />
      )
  }
}

interface SaidProps {
  readonly message: Message
  readonly text: string
  readonly context: LineContext
}

function Own({ message, text, context: { t, f, onOwn, mayRemove, audience }, isLast }: SaidProps & { readonly isLast: boolean }) {
  const note = useContext(MessageActsContext)?.note(message)
  return (
    <OwnMessage
      seq={message.seq}
      label={t('messaging.you-wrote')}
      time={f.time(message.at)}
      timeTitle={f.stamp(message.at)}
      more={mayRemove(message.by) && <MessageMenu audience={audience} message={message} text={text} author={t('messaging.you')} />}
      stateWords={note ?? (isLast ? t('messaging.state.stored', { readers: onOwn }) : onOwn)}
    >
      {text}
    </OwnMessage>
  )
}

function Others({ message, text, context, follows }: SaidProps & { readonly follows: boolean }) {
  const { t, f, state, called, connected, onOthers, mayRemove, audience } = context
  const author = personView(state, message.author)
  const note = useContext(MessageActsContext)?.note(message)
  const name = author?.name ?? t('messaging.somebody')
  const role = author ? roleWords(author, t, called) : ''
  return (
    <OthersMessage
      seq={message.seq}
      who={author?.who ?? 'self'}
      name={called(name)}
      wholeName={name}
      note={`${role} · ${message.released ? t('messaging.released') : onOthers}`}
      time={f.time(message.at)}
      timeTitle={f.stamp(message.at)}
      follows={follows}
      foot={note}
      away={author !== undefined && !connected.has(author.id)}
      more={mayRemove(message.by) && <MessageMenu audience={audience} message={message} text={text} author={name} />}
    >
      {text}
    </OthersMessage>
  )
}

function wordsOf({ at, words }: TimelineEvent, { t, f }: LineContext) {
  return typeof words === 'string' ? t('messaging.event', { time: f.time(at), words }) : words
}
