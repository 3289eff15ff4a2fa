// Whose message it is that somebody wants to take away: read from its header, for whoever is in its room and for nobody else.
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import type { LogStore } from '#server/storage/ports.ts'
import { messageAuthorFact } from '#shared/messaging/messaging-facts.ts'
import { messagePosted, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { safeParse } from '#shared/protocol/parse.ts'

const MESSAGES: ReadonlySet<string> = new Set([messagePosted.name])

/** `removable`: the types of events that are posts of a conversation. */
export function messageFacts(log: Pick<LogStore, 'readAudience'>, removable = MESSAGES): readonly FactProvider[] {
  return [
    provideFact(messageAuthorFact, async ({ caseId, input, view }) => {
      const { audience, epoch, seq } = safeParse(messageRedact.input, input)
      if (!view.has(audience)) return undefined
      const [event] = await log.readAudience(caseId, audience, seq - 1, 1)
      const isPost = event?.seq === seq && event.epoch === epoch && removable.has(event.type)
      return isPost && event.by !== 'system' ? event.by : undefined
    }),
  ]
}
