// The people behind a change of the text, in words that accuse nobody: oneself first, then as the case lists them.
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { actsByAuthority } from '#shared/kernel/roles.ts'
import type { ToldTo } from './restoring/told-words.ts'

/** So many by name. */
const NAMED = 2

/** Undefined where the case names none of them. */
export function writersInWords(writers: readonly ParticipantId[], { t, f, state, me }: ToldTo): string | undefined {
  const people = state.facts?.people.filter(({ id }) => writers.includes(id)) ?? []
  if (people.length === 0) return undefined
  const named = ({ id, name, role, sideId }: (typeof people)[number]) => {
    const side = state.facts?.sides.find((each) => each.id === sideId)
    if (id === me.id) return t('drafting.writers.you')
    return side && actsByAuthority({ role }) ? t('drafting.writers.for', { name, side: side.name }) : name
  }
  const names = [...people.filter(({ id }) => id === me.id), ...people.filter(({ id }) => id !== me.id)].map(named)
  const more = names.length - NAMED
  return more > 0 ? t('drafting.writers.more', { names: names.slice(0, NAMED).join(', '), more }) : f.list(names)
}
