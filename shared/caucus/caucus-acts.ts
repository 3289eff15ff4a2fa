// What people do about a caucus.
import { ALWAYS, defineAct, MEDIATING, MEDIATORS, OF_SIDES, UNTIL_CLOSED } from '#shared/cases/may.ts'

export const inviteToCaucusAct = defineAct('caucus/invite', { roles: MEDIATORS, rooms: ['side'], phases: MEDIATING })
export const enterCaucusAct = defineAct('caucus/enter', { roles: OF_SIDES, rooms: ['side'], phases: ALWAYS })
/** Either end may end it, whatever happens around it: the talk is as voluntary as the mediation (art. 5). */
export const endCaucusAct = defineAct('caucus/end', { roles: [...MEDIATORS, ...OF_SIDES], rooms: ['side'], phases: ALWAYS })
export const callMediatorAct = defineAct('caucus/call-mediator', { roles: OF_SIDES, rooms: ['side'], phases: UNTIL_CLOSED })
export const answerCallAct = defineAct('caucus/answer-call', { roles: MEDIATORS, rooms: ['side'], phases: ALWAYS })
/** Where a mediator is, for their own minutes alone. */
export const moveAct = defineAct('caucus/move', { roles: MEDIATORS, rooms: ['self'], phases: UNTIL_CLOSED })
