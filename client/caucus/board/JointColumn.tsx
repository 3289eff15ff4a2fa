import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useUnread } from '#client/messaging/use-unread.ts'
import { Locks } from '#client/rooms/Locks.tsx'
import type { PersonView } from '#client/rooms/people.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import { minutesSince, useNow } from '#client/rooms/use-now.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { isMediationOver } from '#shared/cases/phases.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { BoardPerson, Column } from './Column.tsx'

interface JointColumnProps {
  readonly room: RoomView
  /** Those who stand with their side now. */
  readonly elsewhere: ReadonlySet<ParticipantId>
  readonly onEnter: () => void
  readonly onRemove: (person: PersonView) => void
}

export function JointColumn({ room, elsewhere, onEnter, onRemove }: JointColumnProps) {
  const t = useTexts()
  const f = useFormats()
  const called = useShortNames()
  const now = useNow()
  const { state, me } = useCase()
  const unread = useUnread()(room.audience).length
  const people = otherReaders(room, me.id).filter(({ id }) => !elsewhere.has(id))
  const note =
    state.session !== undefined
      ? t('caucus.board.session-for', { count: minutesSince(state.session.since, now) })
      : isMediationOver(state.phase)
        ? t(state.phase === 'performing' ? 'caucus.board.performing' : 'caucus.board.ended')
        : t('caucus.board.no-session')
  return (
    <Column
      who="joint"
      icon="people"
      title={t('caucus.board.joint')}
      note={note}
      people={f.list(people.map(({ name }) => called(name)))}
      unread={unread}
      action={
        <>
          <Button wide onClick={onEnter}>
            {t('caucus.board.enter')}
          </Button>
          <Locks audience={room.audience} />
        </>
      }
    >
      {people.length === 0 && !isMediationOver(state.phase) && <p className="caucus-board-empty">{t('caucus.board.joint-empty')}</p>}
      {people.map((person) => (
        <BoardPerson key={person.id} person={person} onRemove={onRemove} />
      ))}
      {unread > 0 && <p className="caucus-board-news">{t('caucus.board.news', { count: unread })}</p>}
    </Column>
  )
}
