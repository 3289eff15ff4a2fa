import type { CasePhase } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import { isMember, type RoomState } from '#shared/rooms/room-state.ts'

/** Where people talk at all; the case, the signers' chain and one's own audience carry no messages. */
export function isConversation(audience: Audience): boolean {
  const kind = audienceKind(audience)
  return kind === 'all' || kind === 'side' || kind === 'direct'
}

/** The joint room speaks only while the mediator holds a session; the mediator can be written to at any time before the end. */
export function canPost(actor: Person, audience: Audience, room: RoomState, phase: CasePhase): boolean {
  if (!isConversation(audience) || !isMember(room, actor.id)) return false
  return audience === 'all' ? phase === 'in-session' : phase !== 'ended'
}
