// The rooms of a person, always in the same place: one focus stop, walked with the arrow keys.
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { VisuallyHidden } from '#client/ui/base/layout.tsx'
import { Dot } from '#client/ui/base/surfaces.tsx'
import { signOf, type Who } from '#client/ui/base/who.ts'
import './talk.css'

export interface RoomTab {
  readonly id: string
  readonly label: string
  /** The whole name, read aloud where the label is a short one. */
  readonly name?: string
  readonly who: Who
  readonly unread?: number
  /** Somebody asks for the person here. */
  readonly calling?: boolean
}

interface RoomSwitchProps {
  readonly label: string
  readonly rooms: readonly RoomTab[]
  readonly current: string
  readonly onChange: (id: string) => void
  /** Two rooms share the width evenly. */
  readonly even?: boolean
  /** Id of the panel that shows the room. */
  readonly controls?: string
}

/** So many stand beside each other on a phone: everybody, and each of two sides. */
const SEEN_AT_ONCE = 3

export function RoomSwitch({ label, rooms, current, onChange, even = rooms.length === 2, controls }: RoomSwitchProps) {
  const t = useTexts()
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is shown: its tab has to be seen
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [current])
  const walk = (event: KeyboardEvent) => {
    const here = rooms.findIndex((room) => room.id === current)
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight'
    const target = { [forward]: here + 1, [backward]: here - 1, Home: 0, End: rooms.length - 1 }[event.key]
    const room = target === undefined ? undefined : rooms.at(target % rooms.length)
    if (!room) return
    event.preventDefault()
    onChange(room.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]').item(rooms.indexOf(room)).focus()
  }
  return (
    <div
      ref={list}
      role="tablist"
      tabIndex={-1}
      aria-label={label}
      className="ui-rooms"
      data-even={even || undefined}
      data-many={rooms.length > SEEN_AT_ONCE || undefined}
      onKeyDown={walk}
    >
      {rooms.map((room) => {
        const on = room.id === current
        return (
          <button
            key={room.id}
            type="button"
            role="tab"
            className="ui-room-tab"
            data-room={room.id}
            data-who={room.who}
            aria-selected={on}
            aria-controls={controls}
            tabIndex={on ? 0 : -1}
            onClick={() => onChange(room.id)}
          >
            <Icon name={signOf(room.who)} size="s" />
            {room.name === undefined ? (
              <span>{room.label}</span>
            ) : (
              <>
                <span aria-hidden="true">{room.label}</span>
                <VisuallyHidden>{room.name}</VisuallyHidden>
              </>
            )}
            {room.calling && !on && <Icon name="hand" size="s" label={t('ui.calling')} />}
            {!on && room.unread ? <Dot count={room.unread} label={t('ui.unread', { count: room.unread })} /> : null}
          </button>
        )
      })}
    </div>
  )
}
