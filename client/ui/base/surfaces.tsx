import { type ReactNode, useState } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'
import { initials } from './initials.ts'
import type { Who } from './who.ts'
import './surfaces.css'

/** A sheet of content. `who` gives it a coloured upper edge; `label` is what it is called aloud where several of a kind stand on a page. */
export function Card({
  who,
  label,
  tight = false,
  as: Tag = 'div',
  children,
}: {
  who?: Who
  label?: string
  tight?: boolean
  as?: 'div' | 'section' | 'article' | 'li'
  children: ReactNode
}) {
  return (
    <Tag className="ui-card" data-who={who} data-tight={tight || undefined} aria-label={label}>
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

interface PersonLineProps {
  readonly name: string
  /** What they are called where there is little room; the whole name comes on a tap. */
  readonly short?: string
  readonly who: Who
  readonly away?: boolean
  readonly note?: ReactNode
  readonly end?: ReactNode
}

/** Avatar, name and one line about the person. */
export function PersonLine({ name, short = name, who, away, note, end }: PersonLineProps) {
  return (
    <span className="ui-person">
      <Avatar name={name} who={who} away={away ?? false} />
      <span className="ui-person-words">
        {short === name ? <span className="ui-person-name">{name}</span> : <ShortName name={name} short={short} />}
        {note && <span className="ui-person-note">{note}</span>}
      </span>
      {end}
    </span>
  )
}

function ShortName({ name, short }: { name: string; short: string }) {
  const [whole, setWhole] = useState(false)
  return (
    <button type="button" className="ui-person-name" title={name} aria-expanded={whole} onClick={() => setWhole(!whole)}>
      {whole ? name : short}
    </button>
  )
}
