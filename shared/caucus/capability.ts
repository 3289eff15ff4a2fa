// The private caucus: inviting a side, its beginning and end, calling the mediator.
import { defineCapability } from '#shared/log/capability.ts'
import { answerCallAct, callMediatorAct, endCaucusAct, enterCaucusAct, inviteToCaucusAct } from './caucus-acts.ts'
import { callAnswered, caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from './caucus-protocol.ts'
import { caucusFold } from './caucus-state.ts'

export const caucus = defineCapability({
  name: 'caucus',
  acts: [inviteToCaucusAct, enterCaucusAct, endCaucusAct, callMediatorAct, answerCallAct],
  events: [caucusInvited, caucusEntered, caucusEnded, mediatorCalled, callAnswered],
  folds: [caucusFold],
})
