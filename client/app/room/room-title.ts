import type { Translate } from '#client/i18n/text-ids.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import type { ShortNames } from '#client/rooms/short-names.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'

const whole: ShortNames = (name) => name

/** The name on the switch. */
export function titleOf(room: RoomView, me: Person, t: Translate, called = whole): string {
  if (room.kind === 'joint') return t('rooms.all')
  if (room.group) return room.group.name
  if (room.kind === 'side') return isTheirOwn(room, me) ? t('rooms.mediator') : called(room.side?.name ?? '')
  return mediates(me) ? t('rooms.direct.person', { name: called(personName(room, me)) }) : t('rooms.direct')
}

/** The name in the list of rooms. */
export function longTitleOf(room: RoomView, me: Person, t: Translate, called = whole): string {
  if (room.kind === 'joint') return t('rooms.people.joint')
  if (room.group) return room.group.name
  if (room.kind === 'side')
    return isTheirOwn(room, me) ? t('rooms.people.you-mediator') : t('rooms.people.side-mediator', { side: called(room.side?.name ?? '') })
  return mediates(me) ? t('rooms.people.direct', { name: called(personName(room, me)) }) : t('rooms.direct')
}

/** Of the people of the side whose room it is. */
function isTheirOwn(room: RoomView, me: Person): boolean {
  return me.sideId !== undefined && me.sideId === room.side?.id
}

function personName(room: RoomView, me: Person): string {
  return otherReaders(room, me.id)[0]?.name ?? ''
}
