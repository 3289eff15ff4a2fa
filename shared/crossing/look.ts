// What the rules about one room's words look at.
import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import { isConversation } from '#shared/messaging/messaging-policy.ts'
import { type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { type CrossingState, crossingFold } from './crossing-state.ts'

interface Looked {
  readonly audience: Audience
  readonly room: RoomState
  readonly phase: CasePhase
  readonly state: CaseState
  readonly crossing: CrossingState
}

/** Undefined for a room of others, as for what is no conversation apart. */
export function lookInto(view: View, audience: Audience): Looked | undefined {
  const room = view.state(roomFold, audience)
  const state = view.state(caseFold, 'case')
  const crossing = view.state(crossingFold, audience)
  if (!room || !state || !crossing || !isConversation(audience) || audience === 'all') return undefined
  return { audience, room, phase: state.phase, state, crossing }
}
