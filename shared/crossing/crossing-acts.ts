// What is done about words that may leave the room they were said in.
import { ALWAYS, defineAct, MEDIATORS, SIDES, UNTIL_CLOSED } from '#shared/cases/may.ts'
import { TALK } from '#shared/messaging/messaging-acts.ts'

/** Wherever people talk apart: what was said to all is known to all. */
const APART = TALK.filter((kind) => kind !== 'all')

export const markAct = defineAct('crossing/mark', { roles: SIDES, rooms: APART, phases: UNTIL_CLOSED })
export const allowAct = defineAct('crossing/allow', { roles: SIDES, rooms: APART, phases: UNTIL_CLOSED })
/** Nobody may be kept from taking it back. */
export const withdrawAct = defineAct('crossing/withdraw', { roles: SIDES, rooms: APART, phases: ALWAYS })
export const deliverAct = defineAct('crossing/deliver', { roles: MEDIATORS, rooms: APART, phases: UNTIL_CLOSED })
export const askWordingAct = defineAct('crossing/ask-wording', { roles: MEDIATORS, rooms: APART, phases: UNTIL_CLOSED })
export const answerWordingAct = defineAct('crossing/answer-wording', { roles: SIDES, rooms: APART, phases: UNTIL_CLOSED })
