// Whose message it is that somebody wants to take away or to mark: read from its header, for whoever is in its room and for nobody else.
import * as z from 'zod/mini'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import type { LogStore } from '#server/storage/ports.ts'
import { messageAuthorFact } from '#shared/messaging/messaging-facts.ts'
import { messagePlace, messagePosted, messageReleased } from '#shared/messaging/messaging-protocol.ts'
import { safeParse } from '#shared/protocol/parse.ts'

const MESSAGES: ReadonlySet<string> = new Set([messagePosted.name, messageReleased.name])
/** Of any command that names a message by its place. */
const placeOfMessage = z.object(messagePlace)

/** `removable`: the types of events that are posts of a conversation. */
export function messageFacts(log: Pick<LogStore, 'readAudience'>, removable = MESSAGES): readonly FactProvider[] {
  return [
    provideFact(messageAuthorFact, async ({ caseId, input, view }) => {
      const { audience, epoch, seq } = safeParse(placeOfMessage, input)
      if (!view.has(audience)) return undefined
      const [event] = await log.readAudience(caseId, audience, seq - 1, 1)
      const isPost = event?.seq === seq && event.epoch === epoch && removable.has(event.type)
      return isPost && event.by !== 'system' ? event.by : undefined
    }),
  ]
}
