// What is done about who is in a room, and about what is locked there.
import { ALWAYS, defineAct, EVERYBODY, MEDIATING, MEDIATORS, SIDES, SILENT, UNTIL_CLOSED, UNTIL_OVER } from '#shared/cases/may.ts'

export const admitAct = defineAct('rooms/admit', { roles: MEDIATORS, rooms: ['case'], phases: MEDIATING })

export const setProcedureAct = defineAct('rooms/set-procedure', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })

export const giveGrantAct = defineAct('rooms/give-grant', { roles: MEDIATORS, rooms: ['all', 'side'], phases: UNTIL_CLOSED })
/** Which rooms may be opened to those who read by grants alone. */
export const beLetInAct = defineAct(
  'rooms/be-let-in',
  { roles: ['teacher', 'psychologist', 'companion', 'interpreter', 'trainee', 'observer'], rooms: ['all', 'side'], phases: UNTIL_CLOSED },
  { roles: ['expert'], rooms: ['all'], phases: UNTIL_CLOSED },
)
/** Whether somebody who only looks on may hear one's side, whether somebody may mediate. */
export const answerConsentAct = defineAct('rooms/answer-consent', { roles: SIDES, rooms: ['side', 'direct'], phases: UNTIL_CLOSED })
/** Another mediator is proposed, and comes once all sides have agreed. */
export const changeMediatorsAct = defineAct('rooms/change-mediators', { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER })

/** What was said in a side's own room, or to the mediator alone, is that side's to open to whoever came later. */
export const openOwnWordsAct = defineAct('rooms/open-own-words', { roles: SIDES, rooms: ['side', 'direct'], phases: ALWAYS })
/** The joint session's words are everybody's: its mediator opens them. */
export const openJointWordsAct = defineAct('rooms/open-joint-words', { roles: MEDIATORS, rooms: ['all'], phases: ALWAYS })

export const openGroupAct = defineAct('rooms/open-group', { roles: MEDIATORS, rooms: ['room'], phases: UNTIL_CLOSED })
export const changeGroupAct = defineAct('rooms/change-group', { roles: MEDIATORS, rooms: ['room'], phases: UNTIL_CLOSED })
export const enterGroupAct = defineAct('rooms/enter-group', { roles: [...EVERYBODY, ...SILENT], rooms: ['room'], phases: UNTIL_CLOSED })
export const leaveGroupAct = defineAct('rooms/leave-group', { roles: [...EVERYBODY, ...SILENT], rooms: ['room'], phases: ALWAYS })
export const lockAct = defineAct('rooms/lock', { roles: MEDIATORS, rooms: ['all', 'side', 'room'], phases: UNTIL_CLOSED })
