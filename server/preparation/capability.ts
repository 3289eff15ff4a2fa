import { serverCapability } from '#server/capability.ts'
import { answerSafetyRule } from '#shared/preparation/decide-safety.ts'
import { allowStatementRule, showStatementsRule, writeStatementRule } from '#shared/preparation/decide-statement.ts'

export const preparation = serverCapability({
  name: 'preparation',
  rules: [writeStatementRule, allowStatementRule, showStatementsRule, answerSafetyRule],
})
