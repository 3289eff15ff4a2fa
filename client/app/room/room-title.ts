import type { Translate } from '#client/i18n/text-ids.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'

/** The short name on the switch. */
export function titleOf(room: RoomView, me: Person, t: Translate): string {
  if (room.kind === 'joint') return t('rooms.all')
  if (room.kind === 'side') return mediates(me) ? (room.side?.name ?? '') : t('rooms.mediator')
  return mediates(me) ? t('rooms.direct.person', { name: personName(room, me) }) : t('rooms.direct')
}

/**
 * What a long name of a side is called for short: what stands in its quotation marks (ТОО «Дала Жем»: Дала Жем).
 * The whole name where there are none, or where another side would be called the same.
 */
export function shortName(name: string, all: readonly string[]): string {
  const short = quoted(name)
  return short !== undefined && all.filter((other) => quoted(other) === short).length === 1 ? short : name
}

function quoted(name: string): string | undefined {
  return /[«“"„]([^«»“”"„]{2,})[»”"“]/u.exec(name)?.[1]?.trim()
}

/** The long name in the list of rooms. */
export function longTitleOf(room: RoomView, me: Person, t: Translate): string {
  if (room.kind === 'joint') return t('rooms.people.joint')
  if (!mediates(me)) return room.kind === 'side' ? t('rooms.people.you-mediator') : t('rooms.direct')
  return room.kind === 'side'
    ? t('rooms.people.side-mediator', { side: room.side?.name ?? '' })
    : t('rooms.people.direct', { name: personName(room, me) })
}

function personName(room: RoomView, me: Person): string {
  return otherReaders(room, me.id)[0]?.name ?? ''
}
