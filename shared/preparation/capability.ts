// What people say, alone, before they talk together.
import { defineCapability } from '#shared/log/capability.ts'
import { evolveSafety, evolveShownStatements, evolveStatement } from './evolve-preparation.ts'
import { answerSafetyAct, showStatementsAct, writeStatementAct } from './preparation-acts.ts'
import { safetyFold, shownStatementsFold, statementFold } from './preparation-state.ts'
import { safetyAnswered } from './safety-protocol.ts'
import { statementAllowed, statementFrozen, statementShown, statementWritten } from './statement-protocol.ts'

export const preparation = defineCapability({
  name: 'preparation',
  acts: [writeStatementAct, showStatementsAct, answerSafetyAct],
  events: [statementWritten, statementAllowed, statementShown, statementFrozen, safetyAnswered],
  folds: [
    { ...statementFold, evolve: evolveStatement },
    { ...shownStatementsFold, evolve: evolveShownStatements },
    { ...safetyFold, evolve: evolveSafety },
  ],
})
