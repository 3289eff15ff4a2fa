import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useUnread } from '#client/messaging/use-unread.ts'
import { Locks } from '#client/rooms/Locks.tsx'
import type { PersonView } from '#client/rooms/people.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Group } from '#shared/rooms/group-state.ts'
import { BoardPerson, Column } from './Column.tsx'
import { HiddenNews } from './HiddenNews.tsx'

interface GroupColumnProps {
  readonly room: RoomView
  readonly group: Group
  /** In which such room each person stands now. */
  readonly here: ReadonlyMap<ParticipantId, Audience>
  readonly onEnter: () => void
  readonly onRemove: (person: PersonView) => void
}

/** A room for some: who stands in it, who was asked over and is elsewhere. */
export function GroupColumn({ room, group, here, onEnter, onRemove }: GroupColumnProps) {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  const unread = useUnread()(room.audience).length
  const { me } = useCase()
  const people = otherReaders(room, me.id)
  const inside = people.filter(({ id }) => here.get(id) === room.audience)
  const elsewhere = people.filter(({ id }) => here.get(id) !== room.audience)
  const until = group.end.way === 'at' ? t('rooms.group.until', { time: f.time(group.end.at) }) : undefined
  return (
    <Column
      who="group"
      icon="door"
      title={group.name}
      people={f.list(inside.map(({ name }) => called(name)))}
      unread={unread}
      note={group.purpose ?? until ?? t(group.end.way === 'session' ? 'rooms.group.until-session' : 'rooms.group.no-end')}
      action={
        <>
          <Button wide onClick={onEnter}>
            {t('caucus.board.enter')}
          </Button>
          <Locks audience={room.audience} />
        </>
      }
    >
      {group.purpose && until && <p className="caucus-board-empty">{until}</p>}
      {inside.map((person) => (
        <BoardPerson key={person.id} person={person} onRemove={onRemove} />
      ))}
      {elsewhere.length > 0 && (
        <p className="caucus-board-empty">
          {t('rooms.group.asked-elsewhere', { names: f.list(elsewhere.map(({ name }) => called(name))) })}
        </p>
      )}
      <HiddenNews audience={room.audience} />
    </Column>
  )
}
