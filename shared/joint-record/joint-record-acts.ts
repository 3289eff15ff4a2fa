// What is done with the record of the joint session.
import { ALWAYS, defineAct, EVERYBODY } from '#shared/cases/may.ts'

/** Everybody who reads it has an equal right to it (art. 6). */
export const exportRecordAct = defineAct('joint-record/export', { roles: EVERYBODY, rooms: ['all'], phases: ALWAYS })
