// Whether this device's person may still be in a call, by what the device itself knows of the case. The server judges the same way; whoever
// notices first ends the sound.
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { CallOut } from '#shared/calls/call-wire.ts'
import { canBeInCall, jointStage, mustPauseFirst } from '#shared/calls/calls-policy.ts'
import { callFold } from '#shared/calls/calls-state.ts'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { stateIn } from '#shared/log/fold.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'

type Barred = Exclude<CallOut['reason'], 'taken-over' | 'anew'>

/** Undefined while they may. */
export function barredFrom({ store, caseId, now }: CaseClient, audience: Audience): Barred | undefined {
  const { audiences, me } = store.snapshot()
  const state = stateIn(audiences, caseFold, 'case')
  const person = state && me && actorIn(state, caseId, me)
  if (!person) return 'removed'
  const call = stateIn(audiences, callFold, 'all') ?? callFold.initial
  const reads = readsAt(stateIn(audiences, roomFold, audience), person.id, now())
  const situation = { phase: state.phase, session: state.session, call, reads }
  if (canBeInCall(person, audience, situation)) return undefined
  if (mustPauseFirst(person, audience, situation)) return 'joint'
  if (!reads || audience !== 'all') return 'removed'
  return jointStage(situation) === 'paused' ? 'paused' : 'ended'
}
