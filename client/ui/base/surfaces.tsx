import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'
import { initials } from './initials.ts'
import type { Who } from './who.ts'
import './surfaces.css'

/** A sheet of content. `who` gives it a coloured upper edge. */
export function Card({
  who,
  tight = false,
  as: Tag = 'div',
  children,
}: {
  who?: Who
  tight?: boolean
  as?: 'div' | 'section' | 'article' | 'li'
  children: ReactNode
}) {
  return (
    <Tag className="ui-card" data-who={who} data-tight={tight || undefined}>
      {children}
    </Tag>
  )
}

export function Chip({ who, icon, tone, children }: { who?: Who; icon?: IconName; tone?: 'good' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <span className="ui-chip" data-who={who} data-tone={tone}>
      {icon && <Icon name={icon} size="s" />}
      <span>{children}</span>
    </span>
  )
}

/** A count in a coloured dot. `label` says in words what is counted. */
export function Dot({ count, who, label }: { count: number; who?: Who; label: string }) {
  return (
    <span className="ui-dot" data-who={who} role="img" aria-label={label}>
      {count > 99 ? '99+' : count}
    </span>
  )
}

/** A person's ring. `away` is shown by a dashed ring and must also be said in words beside it. `letter` tells sides apart beyond five. */
export function Avatar({
  name,
  who,
  away = false,
  size = 'm',
  letter,
}: {
  name: string
  who: Who
  away?: boolean
  size?: 's' | 'm' | 'l'
  letter?: string
}) {
  return (
    <span className="ui-avatar" data-who={who} data-away={away || undefined} data-size={size} aria-hidden="true">
      {initials(name)}
      {letter && <span className="ui-avatar-letter">{letter}</span>}
    </span>
  )
}

/** Avatar, name and one line about the person. */
export function PersonLine({ name, who, away, note, end }: { name: string; who: Who; away?: boolean; note?: ReactNode; end?: ReactNode }) {
  return (
    <span className="ui-person">
      <Avatar name={name} who={who} away={away ?? false} />
      <span className="ui-person-words">
        <span className="ui-person-name">{name}</span>
        {note && <span className="ui-person-note">{note}</span>}
      </span>
      {end}
    </span>
  )
}
