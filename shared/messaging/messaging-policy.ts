import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { isRoomOpen } from '#shared/rooms/group-policy.ts'
import { isLineInterrupted } from '#shared/rooms/line-state.ts'
import { isLocked } from '#shared/rooms/lock-policy.ts'
import { isMember, type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { type JointRecordState, jointRecordFold } from './joint-record-state.ts'
import { closeRecordAct, postAct, removeAct, removeOwnAct, TALK } from './messaging-acts.ts'

export function isConversation(audience: Audience): boolean {
  return TALK.includes(audienceKind(audience))
}

/** What decides whether somebody can write in a room at this moment. */
export interface Talk {
  readonly room: RoomState
  readonly state: Pick<CaseState, 'phase' | 'session' | 'suspended'>
  /** False once a room that was opened for some has ended. */
  readonly open: boolean
  readonly locked: boolean
  /** No mediator has a connection, and this is the joint room. */
  readonly interrupted: boolean
  /** The record of the joint session was closed, and this is the joint room. */
  readonly recordClosed: boolean
}

/** `now` where a clock is at hand: a room whose time has come is closed before any event says so. */
export function talkIn(view: View, audience: Audience, now?: number): Talk | undefined {
  const room = view.state(roomFold, audience)
  const state = view.state(caseFold, 'case')
  return (
    room &&
    state && {
      room,
      state,
      open: isRoomOpen(view, audience, now),
      locked: isLocked(view, audience, 'messages'),
      interrupted: audience === 'all' && isLineInterrupted(view),
      recordClosed: audience === 'all' && view.state(jointRecordFold, audience)?.closed !== undefined,
    }
  )
}

/**
 * While the mediation goes on the joint room speaks only in a session that the mediator holds; once a settlement is signed it needs none.
 * The mediator can be written to until the case is closed, whatever is locked or suspended.
 */
export function canPost(actor: Person, audience: Audience, talk: Talk): boolean {
  return isOpenTalk(actor, audience, talk) && (mediates(actor) || !(talk.locked || talk.interrupted))
}

/** As far as the room itself goes; who may then still not write is kept from it by a lock, or by the mediator's line. */
export function isOpenTalk(actor: Person, audience: Audience, talk: Talk): boolean {
  const { room, open, recordClosed } = talk
  const { phase, session, suspended } = talk.state
  if (!isMember(room, actor.id) || !may(actor, postAct, audience, phase)) return false
  switch (audienceKind(audience)) {
    case 'all':
      return !recordClosed && (session !== undefined || phase === 'performing')
    case 'room':
      return open && suspended === undefined
    default:
      return true
  }
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
