import { type ReactNode, type Ref, useState } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Avatar } from '#client/ui/base/surfaces.tsx'
import type { Who } from '#client/ui/base/who.ts'
import { createNearWatch } from './near.ts'
import { NearWatchContext } from './TalkPart.tsx'
import './talk.css'

interface OthersMessageProps {
  /** Its number, by which it is known that it was seen. */
  readonly seq?: number
  /** The author's colour. */
  readonly who: Who
  readonly name: string
  /** On pointing, where the name is a short one. */
  readonly wholeName?: string
  readonly note?: string
  readonly time: string
  /** The time with its zone, on pointing. */
  readonly timeTitle?: string
  readonly away?: boolean
  /** The same person goes on: no head again. */
  readonly follows?: boolean
  readonly foot?: ReactNode
  /** What can be done with it, beside it. */
  readonly more?: ReactNode
  readonly children: ReactNode
}

/** What somebody else wrote. Goes into a <Talk>. */
export function OthersMessage({
  seq,
  who,
  name,
  wholeName,
  note,
  time,
  timeTitle,
  away = false,
  follows = false,
  foot,
  more,
  children,
}: OthersMessageProps) {
  return (
    <article className="ui-message" data-seq={seq} data-who={who} data-follows={follows || undefined} data-more={more ? true : undefined}>
      {!follows && <Avatar name={name} who={who} away={away} />}
      <header className={follows ? 'ui-hidden' : 'ui-message-head'}>
        <b title={wholeName}>{name}</b>
        <span title={timeTitle}>{[note, time].filter(Boolean).join(' · ')}</span>
      </header>
      <div className="ui-message-body">{children}</div>
      {more && <div className="ui-message-more">{more}</div>}
      {foot && <div className="ui-message-foot">{foot}</div>}
    </article>
  )
}

interface OwnMessageProps {
  /** Its number. */
  readonly seq?: number
  /** «You», read aloud. */
  readonly label: string
  readonly time: string
  /** The time with its zone, on pointing. */
  readonly timeTitle?: string
  readonly state?: 'sent' | 'waiting' | 'refused'
  /** «at the mediator», «received by 2 of 3», «waits for the line, will go by itself» */
  readonly stateWords?: ReactNode
  readonly foot?: ReactNode
  /** What can be done with it, beside it. */
  readonly more?: ReactNode
  readonly children: ReactNode
}

/** What the person wrote themselves, in the room's colour. */
export function OwnMessage({ seq, label, time, timeTitle, state = 'sent', stateWords, foot, more, children }: OwnMessageProps) {
  return (
    <article className="ui-message" data-own={seq ?? true} data-state={state} data-more={more ? true : undefined}>
      <header className="ui-hidden">{label}</header>
      <div className="ui-message-body">{children}</div>
      {more && <div className="ui-message-more">{more}</div>}
      <div className="ui-message-foot">
        <span title={timeTitle}>{time}</span>
        <Icon name={state === 'sent' ? 'check' : state === 'waiting' ? 'clock' : 'warn'} size="s" />
        {stateWords && <span>{stateWords}</span>}
        {foot}
      </div>
    </article>
  )
}

/** The place of a message whose words are destroyed: who took it away, and when. */
export function RemovedMessage({ id, timeTitle, children }: { id?: string; timeTitle?: string; children: ReactNode }) {
  return (
    <p className="ui-event ui-removed" id={id} tabIndex={-1} title={timeTitle}>
      <Icon name="trash" size="s" />
      <span>{children}</span>
    </p>
  )
}

/** Something that happened, between the messages. */
export function EventLine({ children }: { children: ReactNode }) {
  return <p className="ui-event">{children}</p>
}

/** The conversation: messages below each other, the room's tint for one's own. A long one is given in <TalkPart>s. */
export function Talk({ who, label, ref, children }: { who: Who; label: string; ref?: Ref<HTMLElement>; children: ReactNode }) {
  const [watch] = useState(createNearWatch)
  return (
    <section ref={ref} className="ui-talk" data-who={who} aria-label={label}>
      <NearWatchContext value={watch}>{children}</NearWatchContext>
    </section>
  )
}
