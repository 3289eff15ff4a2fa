// To whom a connection may be known: the mediators know all; people in the joint session know each other's; whoever still waits knows the mediators' alone.
import type { LoadedCase } from '#server/log/case-state.ts'
import type { PresenceRules } from '#server/realtime/presence-notices.ts'
import { caseFold, personIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { stateIn } from '#shared/log/fold.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'

export function presenceRules(clock: Clock): PresenceRules {
  function inAudience(state: LoadedCase, audience: Audience, person: ParticipantId): boolean {
    const room = stateIn(state.audiences, roomFold, audience)
    return room !== undefined && readsAt(room, person, clock.now())
  }

  return {
    presenceAudiences(state, person) {
      if (isMediator(state, person)) return ['case']
      return inAudience(state, 'all', person) ? ['mediators', 'all'] : ['mediators']
    },
    mayKnow(state, viewer, person) {
      if (viewer === person || isMediator(state, viewer)) return true
      if (isMediator(state, person)) return inAudience(state, 'case', viewer)
      return inAudience(state, 'all', viewer) && inAudience(state, 'all', person)
    },
  }
}

function isMediator(state: LoadedCase, id: ParticipantId): boolean {
  const folded = stateIn(state.audiences, caseFold, 'case')
  const person = folded && personIn(folded, id)
  return person !== undefined && mediates(person)
}
