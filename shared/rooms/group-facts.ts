import { defineFact } from '#shared/log/decide.ts'

/** That the end of a group which has a time is planned, before the group stands. */
export const groupEndFact = defineFact<undefined>('rooms/group-end')
