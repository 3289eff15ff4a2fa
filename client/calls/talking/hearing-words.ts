// Who can hear what is said in a room's call, in full words: computed from who reads the room now, as the ribbon is.
import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import type { ShortNames } from '#client/rooms/short-names.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'

interface Speaking {
  readonly t: Translate
  readonly f: Formats
  readonly called: ShortNames
}

export function hearingWords(room: RoomView, me: Person, { t, f, called }: Speaking): string {
  if (room.kind === 'joint') return t('calls.hears.all')
  const others = otherReaders(room, me.id)
  const named = (people: typeof others) => f.list(people.map(({ name }) => called(name)))
  if (others.length === 0) return t('calls.hears.nobody', { room: called(room.side?.name ?? '') })
  const withMediator = others.some(mediates)
  if (!withMediator) return t('calls.hears.these', { names: named(others) })
  const rest = others.filter((person) => !mediates(person))
  return rest.length === 0 ? t('calls.hears.side') : t('calls.hears.side-with', { names: named(rest) })
}
