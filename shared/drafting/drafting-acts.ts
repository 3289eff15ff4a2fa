// What people do with the common text, and a mediator with a note of their own.
import { ALWAYS, defineAct, MEDIATING, MEDIATORS, OF_SIDES, SIDES, UNTIL_CLOSED } from '#shared/cases/may.ts'

export const editDraftAct = defineAct('drafting/edit', { roles: [...MEDIATORS, ...OF_SIDES], rooms: ['all'], phases: MEDIATING })
export const readNoteAct = defineAct('drafting/read-note', { roles: MEDIATORS, rooms: ['self'], phases: ALWAYS })
export const editNoteAct = defineAct('drafting/edit-note', { roles: MEDIATORS, rooms: ['self'], phases: UNTIL_CLOSED })
export const sayReadyAct = defineAct('drafting/say-ready', { roles: SIDES, rooms: ['all'], phases: MEDIATING })
/** One may take one's word back whatever happens around it. */
export const withdrawReadyAct = defineAct('drafting/withdraw-ready', { roles: SIDES, rooms: ['all'], phases: ALWAYS })
/** Saved states of the text: the list, their words, and bringing one back. */
export const restoreAct = defineAct('drafting/restore', { roles: MEDIATORS, rooms: ['all'], phases: MEDIATING })
export const freezeAct = defineAct('drafting/freeze', { roles: MEDIATORS, rooms: ['all'], phases: MEDIATING })
