// What people do before they talk together.
import { defineAct, EVERYBODY, MEDIATING, MEDIATORS, UNTIL_OVER } from '#shared/cases/may.ts'

/** On one's own line; mediators have none. */
export const writeStatementAct = defineAct('preparation/write-statement', { roles: EVERYBODY, rooms: ['direct'], phases: UNTIL_OVER })
export const showStatementsAct = defineAct('preparation/show-statements', { roles: MEDIATORS, rooms: ['all'], phases: MEDIATING })
export const answerSafetyAct = defineAct('preparation/answer-safety', { roles: EVERYBODY, rooms: ['direct'], phases: UNTIL_OVER })
