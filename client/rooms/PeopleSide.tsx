// Who is where. Of other sides one learns that somebody is connected, and nothing more.
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { PersonLine } from '#client/ui/base/surfaces.tsx'
import { signOf } from '#client/ui/base/who.ts'
import type { PersonView } from './people.ts'
import { roleWords } from './role-words.ts'
import type { RoomView } from './rooms-of.ts'
import { useCase, useConnected } from './use-room.ts'
import { useShortNames } from './use-short-names.ts'
import './rooms.css'

interface PeopleSideProps {
  readonly rooms: readonly RoomView[]
  /** A line under a private room's name: quiet, somebody calls. */
  readonly noteOf: (room: RoomView) => ReactNode
  readonly titleOf: (room: RoomView) => string
  readonly onEnter: (room: RoomView) => void
}

export function PeopleSide({ rooms, noteOf, titleOf, onEnter }: PeopleSideProps) {
  const t = useTexts()
  return (
    <Stack gap={3} as="section">
      <h2 className="rooms-side-title">{t('rooms.people.title')}</h2>
      {rooms.map((room) => (
        <div key={room.audience} className="rooms-group" data-who={room.who}>
          <button type="button" className="rooms-group-title" onClick={() => onEnter(room)}>
            <Icon name={signOf(room.who)} />
            <span>{titleOf(room)}</span>
          </button>
          {room.kind === 'joint' && room.readers.map((person) => <PersonRow key={person.id} person={person} />)}
          {room.kind !== 'joint' && <p className="rooms-group-note">{noteOf(room)}</p>}
        </div>
      ))}
    </Stack>
  )
}

export function PersonRow({ person, end }: { person: PersonView; end?: ReactNode }) {
  const words = usePersonNote()
  const connected = useConnected()
  const called = useShortNames()
  const { me } = useCase()
  const away = person.id !== me.id && !connected.has(person.id)
  return <PersonLine name={person.name} short={called(person.name)} who={person.who} away={away} note={words(person, away)} end={end} />
}

/** Role and side, whether it is oneself, whether they are connected: the words beside a name. */
function usePersonNote(): (person: PersonView, away: boolean) => string {
  const t = useTexts()
  const called = useShortNames()
  const { state, me } = useCase()
  return (person, away) => {
    const role = roleWords(person, t, called)
    const left = person.side && state.leftAt[person.side.id] !== undefined
    return [role, person.id === me.id && t('rooms.people.you'), left ? t('rooms.people.left') : away && t('rooms.people.away')]
      .filter(Boolean)
      .join(' · ')
  }
}
