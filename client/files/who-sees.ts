// Who sees a file, in one full sentence: by who reads its room now.
import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import type { ShortNames } from '#client/rooms/short-names.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'

interface Words {
  readonly t: Translate
  readonly f: Formats
  readonly called: ShortNames
}

export function whoSees(room: RoomView, me: Person, { t, f, called }: Words): string {
  if (room.kind === 'joint') return t('files.sees.all')
  const others = otherReaders(room, me.id)
  const names = (people: typeof others) => f.list(people.map(({ name }) => called(name)))
  if (room.kind === 'group') return others.length === 0 ? t('files.sees.alone') : t('files.sees.some', { names: names(others) })
  if (mediates(me)) return t('files.sees.side', { names: others.length > 0 ? names(others) : called(room.side?.name ?? '') })
  const ours = others.filter((person) => !mediates(person))
  return ours.length === 0 ? t('files.sees.mediator') : t('files.sees.mediator-with', { names: names(ours) })
}
