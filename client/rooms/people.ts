// People as screens show them: name, colour and role, all from the case and nothing that anybody typed about themselves.
import { sideHue, type Who } from '#client/ui/base/who.ts'
import { type CaseState, personIn, sideIndex } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'

export interface PersonView {
  readonly id: ParticipantId
  readonly name: string
  readonly role: Person['role']
  readonly who: Who
  readonly side: { readonly id: SideId; readonly name: string } | undefined
}

export function personView(state: CaseState, id: ParticipantId): PersonView | undefined {
  const person = personIn(state, id)
  if (!person) return undefined
  const side = state.facts?.sides.find((each) => each.id === person.sideId)
  return {
    id,
    name: person.name,
    role: person.role,
    who: person.sideId === undefined ? 'mediators' : sideWho(state, person.sideId),
    side: side && { id: side.id, name: side.name },
  }
}

export function sideWho(state: CaseState, side: SideId): Who {
  return sideHue(Math.max(0, sideIndex(state, side)))
}

/** The colour of a room: joint for all, the side's own for its caucus and for a word to one of its people. */
export function audienceWho(state: CaseState, audience: Audience): Who {
  const subject = audienceSubject(audience) ?? ''
  switch (audienceKind(audience)) {
    case 'side':
      return sideWho(state, asId<SideId>(subject))
    case 'direct':
      return personView(state, asId<ParticipantId>(subject))?.who ?? 'mediators'
    case 'room':
      return 'group'
    case 'self':
      return 'self'
    case 'mediators':
      return 'mediators'
    default:
      return 'joint'
  }
}

/** All people of the case, those too who are out of it, in its own order: whoever stands on no side, then side by side. */
export function everybody(state: CaseState): readonly PersonView[] {
  const { facts } = state
  if (!facts) return []
  const groups = [undefined, ...facts.sides.map(({ id }) => id)]
  const ordered = groups.flatMap((sideId) => facts.people.filter((person) => person.sideId === sideId))
  return ordered.flatMap(({ id }) => personView(state, id) ?? [])
}
