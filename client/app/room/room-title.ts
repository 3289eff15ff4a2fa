import type { Translate } from '#client/i18n/text-ids.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import type { Person } from '#shared/kernel/actor.ts'

/** The short name on the switch. */
export function titleOf(room: RoomView, me: Person, t: Translate): string {
  if (room.kind === 'joint') return t('rooms.all')
  if (room.kind === 'side') return me.role === 'mediator' ? (room.side?.name ?? '') : t('rooms.mediator')
  return me.role === 'mediator' ? t('rooms.direct.person', { name: personName(room, me) }) : t('rooms.direct')
}

/** The long name in the list of rooms. */
export function longTitleOf(room: RoomView, me: Person, t: Translate): string {
  if (room.kind === 'joint') return t('rooms.people.joint')
  if (me.role !== 'mediator') return room.kind === 'side' ? t('rooms.people.you-mediator') : t('rooms.direct')
  return room.kind === 'side'
    ? t('rooms.people.side-mediator', { side: room.side?.name ?? '' })
    : t('rooms.people.direct', { name: personName(room, me) })
}

function personName(room: RoomView, me: Person): string {
  return otherReaders(room, me.id)[0]?.name ?? ''
}
