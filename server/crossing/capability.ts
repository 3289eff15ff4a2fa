import { serverCapability } from '#server/capability.ts'
import { deliverRule } from '#shared/crossing/decide-deliver.ts'
import { markRule } from '#shared/crossing/decide-mark.ts'
import { giveRule, redactPermissionRule, withdrawRule } from '#shared/crossing/decide-permission.ts'
import { answerWordingRule, askWordingRule, redactWordingRule } from '#shared/crossing/decide-wording.ts'

export const crossing = serverCapability({
  name: 'crossing',
  rules: [markRule, giveRule, withdrawRule, deliverRule, redactPermissionRule, askWordingRule, answerWordingRule, redactWordingRule],
})
