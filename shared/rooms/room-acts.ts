// What is done about who is in a room.
import { ALWAYS, defineAct, MEDIATING, MEDIATORS, SIDES } from '#shared/cases/may.ts'

export const admitAct = defineAct('rooms/admit', { roles: MEDIATORS, rooms: ['case'], phases: MEDIATING })
/** What was said in a side's own room, or to the mediator alone, is that side's to open to whoever came later. */
export const openOwnWordsAct = defineAct('rooms/open-own-words', { roles: SIDES, rooms: ['side', 'direct'], phases: ALWAYS })
/** The joint session's words are everybody's: its mediator opens them. */
export const openJointWordsAct = defineAct('rooms/open-joint-words', { roles: MEDIATORS, rooms: ['all'], phases: ALWAYS })
