// What people do about calls.
import { defineAct, EVERYBODY, MEDIATING, MEDIATORS, UNTIL_CLOSED } from '#shared/cases/may.ts'
import { TALK } from '#shared/messaging/messaging-acts.ts'

/** Open, pause, resume and end the joint call. */
export const holdCallAct = defineAct('calls/hold', { roles: MEDIATORS, rooms: ['all'], phases: MEDIATING })
export const joinCallAct = defineAct('calls/join', { roles: EVERYBODY, rooms: TALK, phases: UNTIL_CLOSED })
