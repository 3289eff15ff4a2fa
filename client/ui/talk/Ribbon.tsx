// The audience ribbon: never a doubt about who will read this. Tinted for everybody, filled with a lock for a private room.
import type { ReactNode } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import { signOf, type Who } from '#client/ui/base/who.ts'
import './talk.css'

interface RibbonProps {
  readonly who: Who
  /** Named by the composer's aria-describedby. */
  readonly id?: string
  /** Who reads: «Seen only by you and the mediator.» */
  readonly children: ReactNode
  /** The rest of the sentence, lighter: names, or what the others do not learn. */
  readonly more?: ReactNode
  /** Whole names, on pointing. */
  readonly title?: string
}

export function Ribbon({ who, id, children, more, title }: RibbonProps) {
  return (
    <div className="ui-ribbon" id={id} data-who={who} data-private={who !== 'joint' || undefined} role="note" title={title}>
      <Icon name={signOf(who)} />
      <span>
        {children} {more && <span className="ui-ribbon-more">{more}</span>}
      </span>
    </div>
  )
}
