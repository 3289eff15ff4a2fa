import type { CaseState } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { isMember, type RoomState } from '#shared/rooms/room-state.ts'
import type { JointRecordState } from './joint-record-state.ts'
import { closeRecordAct, postAct, removeAct, removeOwnAct } from './messaging-acts.ts'

/** Where people talk at all; the case, the signers' chain and one's own audience carry no messages. */
export function isConversation(audience: Audience): boolean {
  const kind = audienceKind(audience)
  return kind === 'all' || kind === 'side' || kind === 'direct'
}

/**
 * While the mediation goes on the joint room speaks only in a session that the mediator holds; once a settlement is signed it needs none.
 * The mediator can be written to until the case is closed.
 */
export function canPost(
  actor: Person,
  audience: Audience,
  room: RoomState,
  { phase, session }: Pick<CaseState, 'phase' | 'session'>,
): boolean {
  if (!isMember(room, actor.id) || !may(actor, postAct, audience, phase)) return false
  return audience !== 'all' || session !== undefined || phase === 'performing'
}

interface Redactable {
  readonly audience: Audience
  readonly room: RoomState
  readonly phase: CasePhase
  readonly author: ParticipantId
}

/**
 * One's own message until the case is closed; any message of a room that the mediator is in by the mediator, also after that: personal
 * data, or what was said in confidence and stands in the wrong room, must be able to go for as long as it is kept.
 */
export function canRedact(actor: Person, { audience, room, phase, author }: Redactable): boolean {
  if (!isMember(room, actor.id)) return false
  return may(actor, removeAct, audience, phase) || (author === actor.id && may(actor, removeOwnAct, audience, phase))
}

/** For good: nothing more is said to all, not even while what was agreed is performed. */
export function canCloseRecord(actor: Person, { phase }: Pick<CaseState, 'phase'>, { closed }: JointRecordState): boolean {
  return may(actor, closeRecordAct, 'all', phase) && closed === undefined
}
