// What people do with a text that is closed for signing.
import { defineAct, MEDIATORS, SIDES, UNTIL_OVER } from '#shared/cases/may.ts'

export const signAct = defineAct('signing/sign', { roles: SIDES, rooms: ['all'], phases: UNTIL_OVER })
export const signLastAct = defineAct('signing/sign-last', { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_OVER })
export const withdrawSignatureAct = defineAct('signing/withdraw', { roles: [...MEDIATORS, ...SIDES], rooms: ['all'], phases: UNTIL_OVER })
export const declineAct = defineAct('signing/decline', { roles: SIDES, rooms: ['all'], phases: UNTIL_OVER })
export const reopenAct = defineAct('signing/reopen', { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_OVER })
export const recordPaperAct = defineAct('signing/record-paper', { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_OVER })
