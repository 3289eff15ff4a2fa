// A room for some of the people: opened, peopled and ended by a mediator. Every event of it stands in its own audience and nowhere else.
import { type CaseState, caseFold, mediatorsOf, personIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind, roomAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, RoomId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { type Decision, decided, newEvent, personRule, refuse, systemRule, type View } from '#shared/log/decide.ts'
import { openingFor, takingOut } from './admission-events.ts'
import { lockedLikeJoint } from './decide-lock.ts'
import { groupEndFact } from './group-facts.ts'
import { peopleIn, refusalOf } from './group-people.ts'
import { canChangeGroup, canEnterGroup, canLeaveGroup, canOpenGroup, isGroupOpen, isInvitable } from './group-policy.ts'
import {
  groupClose,
  groupEnd,
  groupEnded,
  groupEnter,
  groupEntered,
  groupInvite,
  groupLeave,
  groupOpen,
  groupOpened,
  groupRelease,
  groupRename,
  groupRenamed,
  groupVacate,
  MAX_GROUPS,
} from './group-protocol.ts'
import { type Group, groupFold } from './group-state.ts'
import { changeGroupAct, openGroupAct } from './room-acts.ts'
import { inRoom } from './room-state.ts'

export const openGroupRule = personRule({
  command: groupOpen,
  facts: { end: groupEndFact },
  decide(view, { roomId, people, ...facts }, { actor, ...moment }) {
    const audience = roomAudience(roomId)
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, openGroupAct, audience)) return refuse('forbidden')
    // Asked again by a device that did not hear the answer.
    if (view.has(audience)) return decided()
    if (!canOpenGroup(actor, audience, state)) return refuse('conflict', state.suspended ? 'cases/suspended' : 'cases/already-ended')
    if (facts.end.way === 'session' && !state.session) return refuse('conflict', 'rooms/no-session')
    if (facts.end.way === 'at' && facts.end.at <= moment.now) return refuse('invalid', undefined, { field: 'end' })
    if (groupsIn(view).length >= MAX_GROUPS) return refuse('conflict', 'rooms/too-many-groups')
    const { asked, refusal } = askedOver(view, state, people)
    const misfit = refusal ?? refusalOf(view, state, asked)
    if (misfit) return misfit
    return decided(
      newEvent(groupOpened, audience, facts),
      ...[...mediatorsOf(state), ...asked].flatMap((person) => openingFor(audience, person, moment)),
      ...lockedLikeJoint(view, audience),
    )
  },
})

export const inviteToGroupRule = personRule({
  command: groupInvite,
  decide(view, { roomId, people }, { actor, ...moment }) {
    const seen = look(view, roomId)
    if (!seen) return refuse('not-found')
    const { asked, refusal } = askedOver(view, seen.state, people)
    const fresh = asked.filter(({ id }) => !inRoom(view, seen.audience, id))
    const together = () => refusalOf(view, seen.state, [...peopleIn(view, seen.state, seen.audience), ...fresh])
    const kept = refusalFor(actor, seen, moment.now) ?? refusal ?? together()
    return kept ?? decided(...fresh.flatMap((person) => openingFor(seen.audience, person, moment)))
  },
})

export const releaseFromGroupRule = personRule({
  command: groupRelease,
  decide(view, { roomId, participantId }, { actor, now }) {
    const seen = look(view, roomId)
    const person = seen && personIn(seen.state, participantId)
    if (!seen || !person || mediates(person)) return refuse('not-found')
    const refusal = refusalFor(actor, seen, now)
    return refusal ?? decided(...takingOut(view, seen.audience, participantId))
  },
})

export const renameGroupRule = personRule({
  command: groupRename,
  decide(view, { roomId, ...naming }, { actor, now }) {
    const seen = look(view, roomId)
    if (!seen) return refuse('not-found')
    const refusal = refusalFor(actor, seen, now)
    if (refusal) return refusal
    const isSame = seen.group.name === naming.name && seen.group.purpose === naming.purpose
    return isSame ? decided() : decided(newEvent(groupRenamed, seen.audience, naming))
  },
})

export const enterGroupRule = personRule({
  command: groupEnter,
  decide(view, { roomId }, { actor, now }) {
    const seen = look(view, roomId)
    if (!seen) return refuse('not-found')
    const { audience, group, state } = seen
    if (group.entered[actor.id] !== undefined || mediates(actor)) return decided()
    return canEnterGroup(actor, audience, group, state, now)
      ? decided(newEvent(groupEntered, audience, {}))
      : refuse('conflict', 'rooms/group-over')
  },
})

export const leaveGroupRule = personRule({
  command: groupLeave,
  weight: 'none',
  decide(view, { roomId }, { actor }) {
    const seen = look(view, roomId)
    if (!seen) return refuse('not-found')
    return canLeaveGroup(actor, seen.audience) ? decided(...takingOut(view, seen.audience, actor.id)) : refuse('forbidden')
  },
})

export const endGroupRule = personRule({
  command: groupEnd,
  decide(view, { roomId }, { actor }) {
    const seen = look(view, roomId)
    if (!seen) return refuse('not-found')
    if (!mayAtAll(actor, changeGroupAct, seen.audience)) return refuse('forbidden')
    return seen.group.endedAt === undefined ? decided(newEvent(groupEnded, seen.audience, {})) : decided()
  },
})

export const closeGroupRule = systemRule({
  command: groupClose,
  sees: ({ roomId }) => ['case', roomAudience(roomId)],
  decide(view, { roomId }, { now }) {
    const seen = look(view, roomId)
    if (!seen || seen.group.endedAt !== undefined || isGroupOpen(seen.group, seen.state, now)) return decided()
    return decided(newEvent(groupEnded, seen.audience, {}))
  },
})

/** Of a side that has left: in the rooms that whoever left for it could not see. */
export const vacateGroupRule = systemRule({
  command: groupVacate,
  sees: ({ roomId }) => ['case', roomAudience(roomId)],
  decide(view, { roomId, participantId }) {
    const seen = look(view, roomId)
    const sideId = seen && personIn(seen.state, participantId)?.sideId
    if (!seen || sideId === undefined || seen.state.leftAt[sideId] === undefined) return decided()
    return decided(...takingOut(view, seen.audience, participantId))
  },
})

interface Seen {
  readonly audience: Audience
  readonly group: Group
  readonly state: CaseState
}

function look(view: View, roomId: RoomId): Seen | undefined {
  const audience = roomAudience(roomId)
  const group = view.state(groupFold, audience)
  const state = view.state(caseFold, 'case')
  return group && state && { audience, group, state }
}

export function groupsIn(view: View): readonly Audience[] {
  return view.audiences().filter((audience) => audienceKind(audience) === 'room')
}

function refusalFor(actor: Person, { audience, group, state }: Seen, now: number): Decision | undefined {
  if (!mayAtAll(actor, changeGroupAct, audience)) return refuse('forbidden')
  return canChangeGroup(actor, audience, group, state, now) ? undefined : refuse('conflict', 'rooms/group-over')
}

interface AskedOver {
  readonly asked: readonly CasePerson[]
  readonly refusal?: Decision
}

/** The people that are meant, or why somebody of them cannot be asked. The mediators need not be: they are in by rule. */
function askedOver(view: View, state: CaseState, people: readonly ParticipantId[]): AskedOver {
  const asked: CasePerson[] = []
  for (const id of new Set(people)) {
    const person = presentPersonIn(state, id)
    if (!person) return { asked: [], refusal: refuse('not-found') }
    if (mediates(person)) continue
    if (!isInvitable(view, person)) return { asked: [], refusal: refuse('conflict', 'rooms/not-inside') }
    asked.push(person)
  }
  return asked.length > 0 ? { asked } : { asked, refusal: refuse('invalid', undefined, { field: 'people' }) }
}
