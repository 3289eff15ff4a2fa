// What people do with files; they are taken away by the acts that take messages away.
import { defineAct, EVERYBODY, UNTIL_CLOSED } from '#shared/cases/may.ts'

export const postFileAct = defineAct('files/post', { roles: EVERYBODY, rooms: ['all', 'side', 'direct'], phases: UNTIL_CLOSED })
