// What the rules and the screens of drafting read from a view: the situation of one person, and which sides are ready.
import { caseFold, peopleOf } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { isLocked } from '#shared/rooms/lock-policy.ts'
import { inRoom } from '#shared/rooms/room-state.ts'
import type { DraftSituation } from './drafting-policy.ts'
import { draftFold, readyFold } from './drafting-state.ts'

export function draftSituation(view: View, actor: Person): DraftSituation {
  const { phase, session } = view.state(caseFold, 'case') ?? caseFold.initial
  return {
    phase,
    session,
    inAll: inRoom(view, 'all', actor.id),
    draft: view.state(draftFold, 'all')?.phase.kind ?? 'open',
    locked: isLocked(view, 'all', 'draft'),
  }
}

interface SideReadiness {
  readonly sideId: SideId
  readonly name: string
  /** Somebody of this side is ready for exactly this text. */
  readonly ready: boolean
}

/** As the mediator sees it; sides that have left are not asked. Others see only their own line in it as true. */
export function readinessOfSides(view: View, revision: number): readonly SideReadiness[] {
  const state = view.state(caseFold, 'case')
  if (!state?.facts) return []
  return state.facts.sides
    .filter((side) => state.leftAt[side.id] === undefined)
    .map(({ id: sideId, name }) => ({
      sideId,
      name,
      ready: peopleOf(state, sideId).some((person) => view.state(readyFold, directAudience(person.id))?.ready?.revision === revision),
    }))
}
