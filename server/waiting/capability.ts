import { serverCapability } from '#server/capability.ts'
import { giveEstimateRule, withdrawEstimateRule } from '#shared/waiting/decide-estimate.ts'
import { answerTaskRule, giveTaskRule, withdrawTaskRule } from '#shared/waiting/decide-task.ts'

export const waiting = serverCapability({
  name: 'waiting',
  rules: [giveEstimateRule, withdrawEstimateRule, giveTaskRule, answerTaskRule, withdrawTaskRule],
})
