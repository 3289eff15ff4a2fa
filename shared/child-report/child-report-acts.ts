// What is done about a child in danger.
import { ALWAYS, defineAct, MEDIATORS } from '#shared/cases/may.ts'

/** The duty does not end with the mediation. */
export const reportChildAct = defineAct('child-report/make', { roles: MEDIATORS, rooms: ['self'], phases: ALWAYS })
