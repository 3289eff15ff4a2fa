import { caseFold, presentPersonIn } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import { readsByGrant, watches } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse, systemRule } from '#shared/log/decide.ts'
import { openingFor, takingOut } from './admission-events.ts'
import { consentOf } from './consent-state.ts'
import { grantClose, grantGive, grantTake, minorLeadOut } from './grant-protocol.ts'
import { minorsAloneIn } from './group-people.ts'
import { procedureFold } from './procedure-state.ts'
import { beLetInAct, giveGrantAct } from './room-acts.ts'
import { grantEnded } from './room-protocol.ts'
import { inRoom, readsAt, roomFold } from './room-state.ts'

/** The longest that "until the end of this meeting" can last, should nobody end it. */
const LONGEST_SESSION_MS = 12 * 3_600_000

/** Into one audience, for a time, seen by all who are in it. Whoever only looks on comes in with the consent of those who would be heard. */
export const giveGrantRule = personRule({
  command: grantGive,
  decide(view, { audience, participantId, from, until, withSession }, { actor, ...moment }) {
    const state = view.state(caseFold, 'case')
    const person = state && presentPersonIn(state, participantId)
    if (!state || !inRoom(view, audience, actor.id) || !person) return refuse('not-found')
    if (!mayAtAll(actor, giveGrantAct, audience)) return refuse('forbidden')
    if (!readsByGrant(person) || !mayAtAll(person, beLetInAct, audience)) return refuse('not-found')
    if (!may(actor, giveGrantAct, audience, state.phase)) return refuse('conflict', 'cases/already-ended')
    if (audience === 'all' && view.state(procedureFold, 'case')?.caucusOnly) return refuse('conflict', 'rooms/caucus-only')
    if (!inRoom(view, 'case', participantId)) return refuse('conflict', 'rooms/not-arrived')
    if (state.confirmedAt[participantId] === undefined) return refuse('conflict', 'rooms/not-confirmed')
    if (withSession && !state.session) return refuse('conflict', 'rooms/no-session')
    const { now } = moment
    if (from !== undefined && from < now) return refuse('invalid', undefined, { field: 'from' })
    if (until !== undefined && until <= (from ?? now)) return refuse('invalid', undefined, { field: 'until' })
    if (readsAt(view.state(roomFold, audience), participantId, now)) return refuse('conflict', 'rooms/already-in')
    if (watches(person) && consentOf(view, state, { audience, participantId }) !== 'given') return refuse('conflict', 'rooms/no-consent')
    const latest = withSession ? Math.min(until ?? Number.POSITIVE_INFINITY, now + LONGEST_SESSION_MS) : until
    const time = {
      ...(from === undefined ? {} : { from }),
      ...(latest === undefined ? {} : { until: latest }),
      ...(withSession ? { withSession } : {}),
    }
    // One that has not begun makes room for this one.
    return decided(...takingOut(view, audience, participantId), ...openingFor(audience, person, moment, time))
  },
})

export const takeGrantRule = personRule({
  command: grantTake,
  weight: 'none',
  decide(view, { audience, participantId }, { actor }) {
    const state = view.state(caseFold, 'case')
    const person = state && presentPersonIn(state, participantId)
    if (!state || !inRoom(view, audience, actor.id) || !person) return refuse('not-found')
    if (!mayAtAll(actor, giveGrantAct, audience)) return refuse('forbidden')
    return readsByGrant(person) && mayAtAll(person, beLetInAct, audience)
      ? decided(...takingOut(view, audience, participantId))
      : refuse('not-found')
  },
})

/** Doing it again changes nothing. */
export const closeGrantRule = systemRule({
  command: grantClose,
  sees: ({ audience }) => [audience],
  decide(view, { audience, grantId }) {
    const grant = view.state(roomFold, audience)?.grants[grantId]
    return grant && !grant.ended ? decided(newEvent(grantEnded, audience, { grantId })) : decided()
  },
})

/** Whoever has come back to guard them meanwhile is enough: they stay. */
export const leadMinorOutRule = systemRule({
  command: minorLeadOut,
  sees: ({ audience }) => ['case', audience],
  decide(view, { audience, participantId }, { now }) {
    const isAlone = minorsAloneIn(view, audience, now).some(({ id }) => id === participantId)
    return decided(...(isAlone ? takingOut(view, audience, participantId) : []))
  },
})
