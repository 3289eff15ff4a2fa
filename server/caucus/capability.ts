import { serverCapability } from '#server/capability.ts'
import { answerCallRule, callMediatorRule, endCaucusRule, enterCaucusRule, inviteToCaucusRule } from '#shared/caucus/decide-caucus.ts'

export const caucus = serverCapability({
  name: 'caucus',
  rules: [inviteToCaucusRule, enterCaucusRule, endCaucusRule, callMediatorRule, answerCallRule],
})
