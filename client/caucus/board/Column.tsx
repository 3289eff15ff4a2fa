import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { PersonRow } from '#client/rooms/PeopleSide.tsx'
import type { PersonView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import type { Who } from '#client/ui/base/who.ts'
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
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** One room of the board. */
export function Column({ who, icon, title, short = title, note, action, children }: ColumnProps) {
  return (
    <section className="caucus-board-room" data-who={who} aria-label={title}>
      <header>
        <Icon name={icon} />
        <h2 title={title}>{short}</h2>
      </header>
      <p className="caucus-board-note">{note}</p>
      <div className="caucus-board-people">{children}</div>
      {action && <div className="caucus-board-action">{action}</div>}
    </section>
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
