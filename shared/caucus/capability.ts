// The private caucus: inviting a side, its beginning and end, calling the mediator.
import { defineCapability } from '#shared/log/capability.ts'
import { answerCallAct, callMediatorAct, endCaucusAct, enterCaucusAct, inviteToCaucusAct, moveAct } from './caucus-acts.ts'
import { callAnswered, caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from './caucus-protocol.ts'
import { caucusFold } from './caucus-state.ts'
import { mediatorMoved } from './minutes/minutes-protocol.ts'
import { minutesFold } from './minutes/minutes-state.ts'
import { sessionTimesFold } from './minutes/session-times.ts'

export const caucus = defineCapability({
  name: 'caucus',
  acts: [inviteToCaucusAct, enterCaucusAct, endCaucusAct, callMediatorAct, answerCallAct, moveAct],
  events: [caucusInvited, caucusEntered, caucusEnded, mediatorCalled, callAnswered, mediatorMoved],
  folds: [caucusFold, minutesFold, sessionTimesFold],
})
