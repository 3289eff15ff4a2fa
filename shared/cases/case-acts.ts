// What people do with the case itself.
import { defineAct, EVERYBODY, MEDIATORS, SIDES, SILENT, UNTIL_CLOSED, UNTIL_OVER } from './may.ts'

export const confirmAgreementAct = defineAct('cases/confirm', { roles: [...EVERYBODY, ...SILENT], rooms: ['case'], phases: UNTIL_OVER })
export const holdSessionAct = defineAct('cases/hold-session', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
export const endMediationAct = defineAct('cases/end-mediation', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
export const suspendAct = defineAct('cases/suspend', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
export const closeCaseAct = defineAct('cases/close', { roles: MEDIATORS, rooms: ['case'], phases: ['performing'] })
export const leaveMediationAct = defineAct('cases/leave', { roles: SIDES, rooms: ['case'], phases: UNTIL_OVER })
export const correctTitleAct = defineAct('cases/correct-title', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_CLOSED })
export const correctNumberAct = defineAct('cases/correct-number', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
export const changePeopleAct = defineAct('cases/change-people', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_CLOSED })
