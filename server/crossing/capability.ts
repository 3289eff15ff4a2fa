import { serverCapability } from '#server/capability.ts'
import { files } from '#server/files/capability.ts'
import { deliverRule } from '#shared/crossing/decide-deliver.ts'
import { markRule } from '#shared/crossing/decide-mark.ts'
import { giveRule, redactPermissionRule, withdrawRule } from '#shared/crossing/decide-permission.ts'
import { answerWordingRule, askWordingRule, redactWordingRule } from '#shared/crossing/decide-wording.ts'
import { crossingFacts } from './crossing-facts.ts'

export const crossing = serverCapability({
  name: 'crossing',
  rules: [markRule, giveRule, withdrawRule, deliverRule, redactPermissionRule, askWordingRule, answerWordingRule, redactWordingRule],
  start: (parts) => ({ api: undefined, facts: crossingFacts(parts.use(files)) }),
})
