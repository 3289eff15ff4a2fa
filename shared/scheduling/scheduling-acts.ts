// What is done about the day of a meeting.
import { defineAct, EVERYBODY, MEDIATORS, UNTIL_OVER } from '#shared/cases/may.ts'

/** Proposed, fixed, moved, cancelled (law, art. 18: the mediator sets day and time with the parties' consent). */
export const setDateAct = defineAct('scheduling/set-date', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
/** On one's own line; mediators have none. */
export const answerDatesAct = defineAct('scheduling/answer', { roles: EVERYBODY, rooms: ['direct'], phases: UNTIL_OVER })
