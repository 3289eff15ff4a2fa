// What is done for those who wait, and by them.
import { ALWAYS, defineAct, MEDIATING, MEDIATORS, OF_SIDES, UNTIL_OVER } from '#shared/cases/may.ts'

/** Before the session too: people wait at its door. */
export const giveEstimateAct = defineAct('waiting/give-estimate', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
export const giveTaskAct = defineAct('waiting/give-task', { roles: MEDIATORS, rooms: ['side'], phases: MEDIATING })
export const withdrawTaskAct = defineAct('waiting/withdraw-task', { roles: MEDIATORS, rooms: ['side'], phases: ALWAYS })
/** Each for themselves: two of one side may see it differently. */
export const answerTaskAct = defineAct('waiting/answer-task', { roles: OF_SIDES, rooms: ['side'], phases: MEDIATING })
