// Every event of a caucus stands in that side's audience and nowhere else.
import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule, refuse, type View } from '#shared/log/decide.ts'
import { isSideThere } from '#shared/rooms/room-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { answerCallAct, inviteToCaucusAct } from './caucus-acts.ts'
import { canAnswerCall, canCallMediator, canEndCaucus, canEnterCaucus, canInviteToCaucus } from './caucus-policy.ts'
import {
  callAnswer,
  callAnswered,
  caucusEnd,
  caucusEnded,
  caucusEnter,
  caucusEntered,
  caucusInvite,
  caucusInvited,
  mediatorCall,
  mediatorCalled,
} from './caucus-protocol.ts'
import { caucusFold } from './caucus-state.ts'

function look(view: View, sideId: SideId) {
  const audience = sideAudience(sideId)
  const caucus = view.state(caucusFold, audience)
  const room = view.state(roomFold, audience)
  const state = view.state(caseFold, 'case')
  return caucus && room && state ? { audience, caucus, room, state } : undefined
}

export const inviteToCaucusRule = personRule({
  command: caucusInvite,
  decide(view, { sideId }, { actor }) {
    const seen = look(view, sideId)
    if (!seen) return refuse('not-found')
    if (!mayAtAll(actor, inviteToCaucusAct, seen.audience)) return refuse('forbidden')
    if (!seen.state.session) return refuse('conflict', 'caucus/no-session')
    if (!isSideThere(seen.state, sideId, seen.room)) return refuse('conflict', 'caucus/nobody-there')
    if (!canInviteToCaucus(actor, sideId, seen.state, seen.caucus)) return refuse('conflict', 'caucus/already-invited')
    return decided(newEvent(caucusInvited, seen.audience, {}))
  },
})

export const enterCaucusRule = personRule({
  command: caucusEnter,
  decide(view, { sideId, company, companions }, { actor }) {
    const seen = look(view, sideId)
    if (!seen) return refuse('not-found')
    if (!canEnterCaucus(actor, sideId, seen.caucus)) return refuse('conflict', 'caucus/not-invited')
    return decided(newEvent(caucusEntered, seen.audience, companions === undefined ? { company } : { company, companions }))
  },
})

export const endCaucusRule = personRule({
  command: caucusEnd,
  decide(view, { sideId }, { actor }) {
    const seen = look(view, sideId)
    if (!seen) return refuse('not-found')
    if (!canEndCaucus(actor, sideId, seen.caucus)) return refuse('conflict', 'caucus/not-open')
    return decided(newEvent(caucusEnded, seen.audience, {}))
  },
})

export const callMediatorRule = personRule({
  command: mediatorCall,
  decide(view, { sideId, reason }, { actor }) {
    const seen = look(view, sideId)
    if (!seen) return refuse('not-found')
    if (!canCallMediator(actor, sideId, seen.state.phase)) return refuse('forbidden')
    return decided(newEvent(mediatorCalled, seen.audience, { reason }))
  },
})

export const answerCallRule = personRule({
  command: callAnswer,
  decide(view, { sideId }, { actor }) {
    const seen = look(view, sideId)
    if (!seen) return refuse('not-found')
    if (!mayAtAll(actor, answerCallAct, seen.audience)) return refuse('forbidden')
    return canAnswerCall(actor, sideId, seen.caucus) ? decided(newEvent(callAnswered, seen.audience, {})) : decided()
  },
})
