import { type ReactNode, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { PersonRow } from '#client/rooms/PeopleSide.tsx'
import type { PersonView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import type { Who } from '#client/ui/base/who.ts'
import { useMedia } from '#client/ui/state/use-media.ts'
import { canChangePeople } from '#shared/cases/case-policy.ts'
import { mediates } from '#shared/kernel/roles.ts'
import './board.css'

interface ColumnProps {
  readonly who: Who
  readonly icon: IconName
  readonly title: string
  /** What stands above it, where the title is long. */
  readonly short?: string
  readonly note: string
  /** Who is there, in a word: for a list on a phone. */
  readonly people?: string | undefined
  /** What somebody there asks for, and since when. */
  readonly asks?: string | undefined
  readonly unread?: number
  /** Holds what the mediator would do next. */
  readonly isNext?: boolean
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** One room of the board; on a phone a line of a list, which opens when it is touched, one at a time. */
export function Column(props: ColumnProps) {
  const { who, icon, title, short = title, note, action, children } = props
  const phone = useMedia('phone')
  const inner = (
    <>
      <div className="caucus-board-people">{children}</div>
      {action && <div className="caucus-board-action">{action}</div>}
    </>
  )
  return (
    <section className="caucus-board-room" data-who={who} aria-label={title}>
      {phone ? (
        <Line {...props}>{inner}</Line>
      ) : (
        <>
          <header>
            <Icon name={icon} />
            <h2 title={title}>{short}</h2>
          </header>
          <p className="caucus-board-note">{note}</p>
          {inner}
        </>
      )}
    </section>
  )
}

function Line({ icon, title, short = title, note, people, asks, unread = 0, isNext = false, children }: ColumnProps) {
  const t = useTexts()
  // what comes up later is told by its line; nothing opens or shuts under the hand
  const [openAtFirst] = useState(isNext)
  return (
    <details className="caucus-board-line" name="caucus-board" open={openAtFirst}>
      <summary>
        <Icon name={icon} />
        <span>
          <h2 title={title}>{short}</h2>
          <small>{people ? `${people} · ${note}` : note}</small>
          {asks && <b>{asks}</b>}
          {unread > 0 && <small className="caucus-board-unread">{t('caucus.board.news', { count: unread })}</small>}
        </span>
        <Icon name="down" size="s" />
      </summary>
      {children}
    </details>
  )
}

/** A person on the board, with what the mediator can do about them. */
export function BoardPerson({ person, onRemove }: { person: PersonView; onRemove: (person: PersonView) => void }) {
  const t = useTexts()
  const { state, me } = useCase()
  const removable = !mediates(person) && canChangePeople(me, state)
  return (
    <div className="caucus-board-person">
      <PersonRow person={person} />
      {removable && (
        <Menu
          label={t('caucus.board.person-menu', { name: person.name })}
          items={[{ id: 'remove', label: t('caucus.board.remove'), icon: 'leave', danger: true, onSelect: () => onRemove(person) }]}
        />
      )}
    </div>
  )
}
