import { type CaseState, presentPersonIn } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { removeAct, removeOwnAct } from '#shared/messaging/messaging-acts.ts'
import { canPost, type Talk } from '#shared/messaging/messaging-policy.ts'
import { isMember, type RoomState } from '#shared/rooms/room-state.ts'
import { allowAct, answerWordingAct, askWordingAct, deliverAct, markAct, withdrawAct } from './crossing-acts.ts'
import { isOpen, type Permission, type Wording } from './crossing-state.ts'

/** The room that the words are in. */
interface Source {
  readonly audience: Audience
  readonly room: RoomState
  readonly phase: CasePhase
}

/** Only whoever said it, and only while they can still write there. */
export function canMark(actor: Person, { audience, room, phase }: Source, author: ParticipantId): boolean {
  return author === actor.id && isMember(room, actor.id) && may(actor, markAct, audience, phase)
}

export function canAllow(actor: Person, { audience, room, phase }: Source): boolean {
  return isMember(room, actor.id) && may(actor, allowAct, audience, phase)
}

export function canWithdraw(actor: Person, { audience, room }: Pick<Source, 'audience' | 'room'>, permission: Permission): boolean {
  return permission.owner === actor.id && isOpen(permission) && isMember(room, actor.id) && mayAtAll(actor, withdrawAct, audience)
}

/** Like a message, until it is delivered; then it is the mediator's proof that they were allowed to. */
export function canRemovePermission(actor: Person, { audience, room, phase }: Source, permission: Permission): boolean {
  if (!isMember(room, actor.id)) return false
  const own = permission.owner === actor.id && permission.state.stage !== 'delivered'
  return may(actor, removeAct, audience, phase) || (own && may(actor, removeOwnAct, audience, phase))
}

interface Delivery extends Source {
  readonly permission: Permission
  readonly state: CaseState
  /** Where the words are to go, as whoever delivers sees it. */
  readonly target: Talk | undefined
}

/** A mediator who can write in the target, as long as the permission stands and its owner is part of the case. */
export function canDeliver(actor: Person, { audience, room, phase, permission, state, target }: Delivery): boolean {
  if (!isMember(room, actor.id) || !may(actor, deliverAct, audience, phase) || !isOpen(permission)) return false
  if (presentPersonIn(state, permission.owner) === undefined) return false
  return target !== undefined && canPost(actor, permission.to, target)
}

export function canAskWording(actor: Person, { audience, room, phase }: Source, of: ParticipantId): boolean {
  return of !== actor.id && isMember(room, actor.id) && isMember(room, of) && may(actor, askWordingAct, audience, phase)
}

/** Once, and only by whose words they are to be. */
export function canAnswerWording(actor: Person, { audience, room, phase }: Source, wording: Wording): boolean {
  const asked = wording.of === actor.id && wording.isRight === undefined
  return asked && isMember(room, actor.id) && may(actor, answerWordingAct, audience, phase)
}
