// Whether there is anything of calls to show here: asked by every room, so that only where there is something the rest is fetched.
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { canHoldCall, jointStage } from '#shared/calls/calls-policy.ts'
import { callFold } from '#shared/calls/calls-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { callOf, callsHere } from './calls-here.ts'

interface CallThere {
  /** A call is open, or somebody is in one. */
  readonly any: boolean
  /** The one that this person is in and that goes on. */
  readonly own: Audience | undefined
  /** Whether this person can ask for the call of a room: a mediator opens it, others join one that is there. Nobody who is in it. */
  mayAsk(audience: Audience): boolean
}

const NOTHING: CallThere = { any: false, own: undefined, mayAsk: () => false }

export function useCallThere(): CallThere {
  const { state, me } = useCase()
  const { look, members } = useStore(useCaseClient().owned(callsHere))
  const call = useSlice(callFold, 'all') ?? callFold.initial
  if (!look) return NOTHING
  const stage = jointStage({ session: state.session, call })
  const hasMembers = (audience: Audience) => (members.get(audience)?.length ?? 0) > 0
  const isMember = (audience: Audience) => members.get(audience)?.some(({ participantId }) => participantId === me.id) ?? false
  return {
    any: stage !== 'closed' || [...members.keys()].some(hasMembers),
    own: callOf(me.id, { members }, stage),
    mayAsk: (audience) =>
      !isMember(audience) && (audience === 'all' ? canHoldCall(me, state) || stage === 'running' : mediates(me) || hasMembers(audience)),
  }
}
