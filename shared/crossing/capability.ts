// Words and files that may leave a caucus, by their author's permission and to the letter.
import { defineCapability } from '#shared/log/capability.ts'
import { allowAct, answerWordingAct, askWordingAct, deliverAct, markAct, withdrawAct } from './crossing-acts.ts'
import {
  messageMarked,
  permissionDelivered,
  permissionGiven,
  permissionWithdrawn,
  wordingAnswered,
  wordingAsked,
} from './crossing-protocol.ts'
import { crossingFold } from './crossing-state.ts'
import { evolveCrossing } from './evolve-crossing.ts'

export const crossing = defineCapability({
  name: 'crossing',
  acts: [markAct, allowAct, withdrawAct, deliverAct, askWordingAct, answerWordingAct],
  events: [messageMarked, permissionGiven, permissionWithdrawn, permissionDelivered, wordingAsked, wordingAnswered],
  folds: [{ ...crossingFold, evolve: evolveCrossing }],
})
