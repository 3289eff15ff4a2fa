// Whether this device's person may still be in a call, by what the device itself knows of the case. The server judges the same way; whoever
// notices first ends the sound.
import type { CaseClient } from '#client/realtime/case-client.ts'
import { callSituation } from '#shared/calls/call-situation.ts'
import type { CallOut } from '#shared/calls/call-wire.ts'
import { canBeInCall, isKeptOut, jointStage, mustPauseFirst } from '#shared/calls/calls-policy.ts'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { stateIn } from '#shared/log/fold.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'

type Barred = Exclude<CallOut['reason'], 'taken-over' | 'anew'>

/** Undefined while they may. */
export function barredFrom({ store, caseId, now }: CaseClient, audience: Audience): Barred | undefined {
  const { audiences, me } = store.snapshot()
  const state = stateIn(audiences, caseFold, 'case')
  const person = state && me && actorIn(state, caseId, me)
  if (!person) return 'removed'
  const situation = callSituation(audiences, audience, person.id, now())
  if (canBeInCall(person, audience, situation)) return undefined
  if (mustPauseFirst(person, audience, situation)) return 'joint'
  if (!situation.reads || audience !== 'all' || isKeptOut(person, situation)) return 'removed'
  return jointStage(situation) === 'paused' ? 'paused' : 'ended'
}

/** The mediator has set that the talks are held without pictures, for everybody alike. */
export function mayNotShow({ store }: Pick<CaseClient, 'store'>): boolean {
  return stateIn(store.snapshot().audiences, procedureFold, 'case')?.noVideo ?? false
}
