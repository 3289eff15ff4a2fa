// What is done about who is in a room.
import { defineAct, MEDIATING, MEDIATORS } from '#shared/cases/may.ts'

export const admitAct = defineAct('rooms/admit', { roles: MEDIATORS, rooms: ['case'], phases: MEDIATING })
