// What is done about who is in a room, and about what is locked there.
import { ALWAYS, defineAct, EVERYBODY, MEDIATING, MEDIATORS, UNTIL_CLOSED } from '#shared/cases/may.ts'

export const admitAct = defineAct('rooms/admit', { roles: MEDIATORS, rooms: ['case'], phases: MEDIATING })
export const openGroupAct = defineAct('rooms/open-group', { roles: MEDIATORS, rooms: ['room'], phases: UNTIL_CLOSED })
export const changeGroupAct = defineAct('rooms/change-group', { roles: MEDIATORS, rooms: ['room'], phases: UNTIL_CLOSED })
export const enterGroupAct = defineAct('rooms/enter-group', { roles: EVERYBODY, rooms: ['room'], phases: UNTIL_CLOSED })
export const leaveGroupAct = defineAct('rooms/leave-group', { roles: EVERYBODY, rooms: ['room'], phases: ALWAYS })
export const lockAct = defineAct('rooms/lock', { roles: MEDIATORS, rooms: ['all', 'side', 'room'], phases: UNTIL_CLOSED })
