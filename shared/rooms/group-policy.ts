// Who opens a room for some of the people, asks them over and ends it; and whether it still stands.
import type { CaseState } from '#shared/cases/case-state.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind, sideAudience } from '#shared/kernel/audience.ts'
import { isOfSide, mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { type Group, groupFold } from './group-state.ts'
import { changeGroupAct, enterGroupAct, leaveGroupAct, openGroupAct } from './room-acts.ts'
import { inRoom } from './room-state.ts'

type Moment = Pick<CaseState, 'phase' | 'session' | 'suspended'>

/** `now` where a clock is at hand; without one a time that has come is known by the event that follows it. */
export function isGroupOpen({ end, endedAt, openedAt }: Group, { session }: Pick<CaseState, 'session'>, now = 0): boolean {
  if (endedAt !== undefined) return false
  switch (end.way) {
    case 'open':
      return true
    case 'at':
      return now < end.at
    case 'session':
      return session !== undefined && session.since <= openedAt
  }
}

/** Any audience but a group's stands as long as the case. */
export function isRoomOpen(view: View, audience: Audience, now = 0): boolean {
  if (audienceKind(audience) !== 'room') return true
  const group = view.state(groupFold, audience)
  const state = view.state(caseFold, 'case')
  return group !== undefined && state !== undefined && isGroupOpen(group, state, now)
}

/** Whom a mediator can ask into a group: whoever was let into the case's rooms. The mediators are in it by rule. */
export function isInvitable(view: View, person: CasePerson): boolean {
  if (mediates(person) || person.endedAt !== undefined) return false
  if (!isOfSide(person)) return inRoom(view, 'case', person.id)
  return inRoom(view, 'all', person.id) || (person.sideId !== undefined && inRoom(view, sideAudience(person.sideId), person.id))
}

export function canOpenGroup(actor: Person, audience: Audience, { phase, suspended }: Moment): boolean {
  return may(actor, openGroupAct, audience, phase) && suspended === undefined
}

/** Its name, its people, its end: as long as it stands. */
export function canChangeGroup(actor: Person, audience: Audience, group: Group, state: Moment, now = 0): boolean {
  return may(actor, changeGroupAct, audience, state.phase) && isGroupOpen(group, state, now)
}

/** In a room that stands, by somebody who was asked over and has not come yet. Nobody but the mediators is there without having come. */
export function canEnterGroup(actor: Person, audience: Audience, group: Group, state: Moment, now = 0): boolean {
  const isAsked = !mediates(actor) && group.entered[actor.id] === undefined
  return may(actor, enterGroupAct, audience, state.phase) && isAsked && isGroupOpen(group, state, now)
}

/** At any time, whatever is locked (art. 5). A mediator stays: their part in each room is the rule. */
export function canLeaveGroup(actor: Person, audience: Audience): boolean {
  return mayAtAll(actor, leaveGroupAct, audience) && !mediates(actor)
}
