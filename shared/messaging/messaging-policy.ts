import type { CasePhase } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
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

export interface Redactable {
  readonly audience: Audience
  readonly room: RoomState
  readonly phase: CasePhase
  readonly author: ParticipantId
}

/**
 * One's own message until the end; any message of a room that the mediator is in by the mediator, also after the end: personal data, or
 * what was said in confidence and stands in the wrong room, must be able to go for as long as it is kept.
 */
export function canRedact(actor: Person, { audience, room, phase, author }: Redactable): boolean {
  if (!isConversation(audience) || !isMember(room, actor.id)) return false
  return actor.role === 'mediator' || (author === actor.id && phase !== 'ended')
}
