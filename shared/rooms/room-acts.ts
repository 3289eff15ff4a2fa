// What is done about who is in a room.
import { defineAct, MEDIATING, MEDIATORS, UNTIL_OVER } from '#shared/cases/may.ts'

export const admitAct = defineAct('rooms/admit', { roles: MEDIATORS, rooms: ['case'], phases: MEDIATING })
export const setProcedureAct = defineAct('rooms/set-procedure', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })
