// How a rule gives somebody the right to an audience, lets them in by it, and takes them out.
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type GrantId, type ParticipantId } from '#shared/kernel/ids.ts'
import { type Deciding, type NewEvent, newEvent, type View } from '#shared/log/decide.ts'
import { grantOf, grantsIn } from './grants.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { inRoom, readsAt, roomFold } from './room-state.ts'

type Moment = Pick<Deciding, 'now' | 'newId'>
type Who = Pick<CasePerson, 'id' | 'role'>

export function givingGrant(audience: Audience, { id: participantId, role }: Who, { now, newId }: Moment): NewEvent {
  return newEvent(grantGiven, audience, { grantId: asId<GrantId>(newId(audience)), participantId, role, from: now })
}

/** Right and fact at once, into an audience that begins with it. */
export function openingFor(audience: Audience, who: Who, { now, newId }: Moment): readonly NewEvent[] {
  const grantId = asId<GrantId>(newId(audience))
  const { id: participantId, role } = who
  return [
    newEvent(grantGiven, audience, { grantId, participantId, role, from: now }),
    newEvent(roomJoined, audience, { participantId, grantId }),
  ]
}

/** Nothing for whoever is in already; the right comes first where somebody has none (in cases that version 1 opened, or after coming back). */
export function lettingIn(view: View, audience: Audience, who: Who, moment: Moment): readonly NewEvent[] {
  const room = view.state(roomFold, audience)
  if (readsAt(room, who.id, moment.now)) return []
  const grant = room && grantOf(room.grants, who.id, moment.now)
  if (!grant) return openingFor(audience, who, moment)
  return [newEvent(roomJoined, audience, { participantId: who.id, grantId: grant.grantId })]
}

/** First the fact, which its reader still reads, then the right. */
export function takingOut(view: View, audience: Audience, participantId: ParticipantId): readonly NewEvent[] {
  const grants = view.state(roomFold, audience)?.grants ?? {}
  const standing = grantsIn(grants).filter((grant) => grant.participantId === participantId && !grant.ended)
  return [...leaving(view, audience, participantId), ...standing.map(({ grantId }) => newEvent(grantEnded, audience, { grantId }))]
}

/** The fact alone. */
export function leaving(view: View, audience: Audience, participantId: ParticipantId): readonly NewEvent[] {
  return inRoom(view, audience, participantId) ? [newEvent(roomLeft, audience, { participantId })] : []
}
