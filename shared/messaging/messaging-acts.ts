// What people do with messages.
import { ALWAYS, defineAct, EVERYBODY, MEDIATORS, SILENT, UNTIL_CLOSED } from '#shared/cases/may.ts'
import type { AudienceKind } from '#shared/kernel/audience.ts'

/** Where people talk at all; the case, the signers' chain and one's own audience carry no messages. */
export const TALK: readonly AudienceKind[] = ['all', 'side', 'direct', 'room']

export const postAct = defineAct(
  'messaging/post',
  { roles: EVERYBODY, rooms: TALK, phases: UNTIL_CLOSED },
  { roles: SILENT, rooms: ['direct'], phases: UNTIL_CLOSED },
)
/** Once there is nothing left to mediate. */
export const closeRecordAct = defineAct('messaging/close-record', { roles: MEDIATORS, rooms: ['all'], phases: ['performing', 'closed'] })
/** What one has read, for oneself alone. */
export const markReadAct = defineAct('messaging/mark-read', { roles: [...EVERYBODY, ...SILENT], rooms: ['self'], phases: ALWAYS })
export const removeOwnAct = defineAct(
  'messaging/remove-own',
  { roles: EVERYBODY, rooms: TALK, phases: UNTIL_CLOSED },
  { roles: SILENT, rooms: ['direct'], phases: UNTIL_CLOSED },
)
/** What was said in confidence and stands in the wrong room must be able to go for as long as it is kept. */
export const removeAct = defineAct('messaging/remove', { roles: MEDIATORS, rooms: TALK, phases: ALWAYS })
