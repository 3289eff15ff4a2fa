// What somebody is in the case, in words: beside their name in lists, and on every message.
import type { Translate } from '#client/i18n/text-ids.ts'
import { actsByAuthority, isOfSide, mediates, speaksForSide } from '#shared/kernel/roles.ts'
import type { PersonView } from './people.ts'
import type { ShortNames } from './short-names.ts'

export function roleWords(person: PersonView, t: Translate, called: ShortNames): string {
  const { role, side, name } = person
  if (mediates(person)) return t('rooms.role.mediator')
  const sideName = called(side?.name ?? '')
  if (actsByAuthority(person)) return t('rooms.role.representative', { side: sideName })
  if (!speaksForSide(person)) return [t(`rooms.role.${role as OtherRole}`), sideName].filter(Boolean).join(' · ') // the others are answered here
  return side && side.name !== name ? sideName : t('rooms.role.party')
}

type OtherRole = 'lawyer' | 'teacher' | 'psychologist' | 'companion' | 'interpreter' | 'expert' | 'trainee' | 'observer'

/** The role alone, for whoever is not told apart by their side. */
export function roleBadge(person: PersonView, t: Translate): string | undefined {
  return mediates(person) || (isOfSide(person) && speaksForSide(person)) ? undefined : t(`rooms.role.${person.role as OtherRole}`) // as above
}
