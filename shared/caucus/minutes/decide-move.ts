// A mediator's move from place to place, for their own minutes. It follows from nothing that others do and changes nothing that they see.
import { caseFold } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import { type Audience, selfAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, personRule, refuse, systemRule, type View } from '#shared/log/decide.ts'
import { moveAct } from '../caucus-acts.ts'
import { spentBySide } from './minutes-by-side.ts'
import { type MediatorPlace, MOVES_APART_MS, mediatorGo, mediatorMove, mediatorMoved } from './minutes-protocol.ts'
import { type MinutesSpent, minutesFold, spentUntil } from './minutes-state.ts'
import { sessionTimesFold } from './session-times.ts'

/** What a server that was killed has not seen the end of counts as no more than this: a night is no talk. */
export const UNTOLD_AT_MOST_MS = 900_000

export const moveRule = personRule({
  command: mediatorMove,
  weight: 'none',
  decide(view, { place }, { actor, now }) {
    const own = selfAudience(actor.id)
    const state = view.state(caseFold, 'case')
    const known = view.state(minutesFold, own)
    if (!state || !known || !may(actor, moveAct, own, state.phase)) return refuse('not-found')
    if (place !== 'board' && !view.has(place)) return refuse('not-found')
    if (!state.session || known.place === place) return decided()
    const since = now - known.at
    if (known.place !== undefined && since >= 0 && since < MOVES_APART_MS)
      return refuse('too-many', undefined, { details: { seconds: Math.ceil((MOVES_APART_MS - since) / 1_000) } })
    return decided(moved(view, own, place, spentUntil(known, timesIn(view), now)))
  },
})

export const goRule = systemRule({
  command: mediatorGo,
  sees: ({ participantId }) => ['case', selfAudience(participantId)],
  decide(view, { participantId, untold }, { now }) {
    const own = selfAudience(participantId)
    const known = view.state(minutesFold, own)
    if (known?.place === undefined) return decided()
    const until = untold ? Math.min(now, known.at + UNTOLD_AT_MOST_MS) : now
    return decided(moved(view, own, undefined, spentUntil(known, timesIn(view), until)))
  },
})

function moved(view: View, own: Audience, place: MediatorPlace | undefined, { session, spent }: MinutesSpent) {
  const state = view.state(caseFold, 'case') ?? caseFold.initial
  return newEvent(mediatorMoved, own, { place, session, spent: [...spentBySide(spent, state)] })
}

function timesIn(view: View) {
  return view.state(sessionTimesFold, 'case') ?? sessionTimesFold.initial
}
