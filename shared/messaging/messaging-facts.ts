import type { ParticipantId } from '#shared/kernel/ids.ts'
import { defineFact } from '#shared/log/decide.ts'

/** Who wrote the message at the place that the command names; undefined where its asker can read none. */
export const messageAuthorFact = defineFact<ParticipantId | undefined>('message author')
