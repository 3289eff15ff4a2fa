// Above every screen inside: the case, who guides it, the ways to the board and to one's own notes.
import { useTexts } from '#client/i18n/texts.tsx'
import { useTalk } from '#client/messaging/use-talk.tsx'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { RoomHeader } from '#client/rooms/RoomHeader.tsx'
import { useCase, useConnected } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { Place } from './use-place.ts'
import './room.css'

interface InsideHeaderProps {
  readonly items: readonly MenuItem[]
  /** Absent where there is nothing that one may print. */
  readonly onPrint: (() => void) | undefined
  /** Absent where nobody can be heard. */
  readonly onCall: (() => void) | undefined
  readonly place: Place
  /** The mediator's own notes lie over whatever is shown. */
  readonly notes: boolean
  readonly onNotes: (shown: boolean) => void
  /** To report a child in danger. */
  readonly onChild: () => void
}

export function InsideHeader({ items, onPrint, onCall, place, notes, onNotes, onChild }: InsideHeaderProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const { guard } = useTalk()
  const note = useMediatorNote()
  const mediating = mediates(me)
  const menu: MenuItem[] = [...items]
  if (onCall) menu.push({ id: 'call', label: t('calls.entry.button'), icon: 'mic', onSelect: onCall })
  if (onPrint) menu.push({ id: 'print', label: t('rooms.print'), icon: 'file', onSelect: onPrint })
  if (mediating) menu.push({ id: 'child', label: t('rooms.child'), icon: 'warn', onSelect: onChild })
  if (mediating) menu.push({ id: 'notes', label: t('rooms.notes'), icon: 'note', onSelect: () => onNotes(true) })
  return (
    <RoomHeader
      title={state.facts?.title ?? ''}
      heading={!place.board}
      held={guard.held.length}
      items={menu}
      {...(mediating || note === undefined ? {} : { note })}
    >
      {onCall && (
        <span className="app-board-button app-notes-button">
          <Button kind="plain" icon="mic" onClick={onCall}>
            {t('calls.entry.button')}
          </Button>
        </span>
      )}
      {mediating && (
        <>
          <span className="app-board-button app-notes-button">
            <Button kind="plain" icon="note" aria-expanded={notes} onClick={() => onNotes(!notes)}>
              {t('rooms.notes')}
            </Button>
          </span>
          <span className="app-board-button">
            <Button kind="plain" icon={place.board ? 'people' : 'door'} onClick={place.board ? place.leaveBoard : place.showBoard}>
              {place.board ? t('rooms.talk-short') : t('rooms.board-short')}
            </Button>
          </span>
        </>
      )}
    </RoomHeader>
  )
}

/** Whether the mediator is there: one who is, before one who is not. Without a connection nobody knows, and nothing is said. */
function useMediatorNote(): string | undefined {
  const t = useTexts()
  const offline = useConnectionState().kind === 'offline'
  const connected = useConnected()
  const called = useShortNames()
  const mediators = mediatorsOf(useCase().state)
  if (offline) return undefined
  const there = mediators.find(({ id }) => connected.has(id))
  if (there) return t('rooms.people.mediator-here', { name: called(there.name) })
  return mediators[0] && t('rooms.people.mediator-away', { name: called(mediators[0].name) })
}
