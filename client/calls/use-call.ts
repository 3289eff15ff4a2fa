// The call of this device, for the screens that show it.
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { canHoldCall, jointStage } from '#shared/calls/calls-policy.ts'
import { type CallStage, callFold } from '#shared/calls/calls-state.ts'
import { type CallSession, callSession } from './call-session.ts'
import { type CallsHere, callsHere } from './calls-here.ts'
import type { OwnCall } from './own-call.ts'

export function useCallSession(): CallSession {
  return useCaseClient().owned(callSession)
}

export function useOwnCall(): OwnCall {
  return useStore(useCallSession().own)
}

export function useCallsHere(): CallsHere {
  return useStore(useCaseClient().owned(callsHere))
}

/** Where the joint call stands, and whether this person pauses and resumes it. */
export function useJointCall(): { readonly stage: CallStage; readonly holds: boolean } {
  const { state, me } = useCase()
  const call = useSlice(callFold, 'all') ?? callFold.initial
  return { stage: jointStage({ session: state.session, call }), holds: canHoldCall(me, state) }
}
