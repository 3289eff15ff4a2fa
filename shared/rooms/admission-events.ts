// How a rule gives somebody the right to an audience, and lets them in by it.
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type GrantId } from '#shared/kernel/ids.ts'
import { type Deciding, type NewEvent, newEvent, type View } from '#shared/log/decide.ts'
import { grantOf } from './grants.ts'
import { grantGiven, roomJoined } from './room-protocol.ts'
import { readsAt, roomFold } from './room-state.ts'

type Moment = Pick<Deciding, 'now' | 'newId'>
type Who = Pick<CasePerson, 'id' | 'role'>

/**
 * What was said in an audience before somebody came: theirs to read, or, where nothing is said, only as far as those whose words these are
 * open it to them (`decide-open-earlier.ts`).
 */
export type EarlierWords = 'whole' | 'from-joining'

export function givingGrant(audience: Audience, who: Who, moment: Moment, words: EarlierWords = 'from-joining'): NewEvent {
  return newEvent(grantGiven, audience, grantBody(audience, who, moment, words))
}

function grantBody(audience: Audience, { id: participantId, role }: Who, { now, newId }: Moment, words: EarlierWords) {
  const grantId = asId<GrantId>(newId(audience))
  return { grantId, participantId, role, from: now, ...(words === 'whole' ? {} : { words }) }
}

/** Right and fact at once, into an audience that begins with it. */
export function openingFor(audience: Audience, who: Who, moment: Moment, words: EarlierWords = 'from-joining'): readonly NewEvent[] {
  const body = grantBody(audience, who, moment, words)
  const { grantId, participantId } = body
  return [newEvent(grantGiven, audience, body), newEvent(roomJoined, audience, { participantId, grantId })]
}

/** Nothing for whoever is in already; the right comes first where somebody has none (in cases that version 1 opened, or after coming back). */
export function lettingIn(view: View, audience: Audience, who: Who, moment: Moment): readonly NewEvent[] {
  const room = view.state(roomFold, audience)
  if (readsAt(room, who.id, moment.now)) return []
  const grant = room && grantOf(room.grants, who.id, moment.now)
  if (!grant) return openingFor(audience, who, moment, 'whole')
  return [newEvent(roomJoined, audience, { participantId: who.id, grantId: grant.grantId })]
}
