// Whose message it is that somebody wants to take away or to mark: read from its header, for whoever reads it and for nobody else. Of what was
// said before somebody came they are answered as of no message.
import * as z from 'zod/mini'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import type { LogStore } from '#server/storage/ports.ts'
import { messageAuthorFact } from '#shared/messaging/messaging-facts.ts'
import { messagePlace, messagePosted, messageReleased } from '#shared/messaging/messaging-protocol.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { roomFold, wordsAfter } from '#shared/rooms/room-state.ts'

const MESSAGES: ReadonlySet<string> = new Set([messagePosted.name, messageReleased.name])
/** Of any command that names a message by its place. */
const placeOfMessage = z.object(messagePlace)

/** `removable`: the types of events that are posts of a conversation. */
export function messageFacts(log: Pick<LogStore, 'readAudience'>, removable = MESSAGES): readonly FactProvider[] {
  return [
    provideFact(messageAuthorFact, async ({ caseId, actor, input, view }) => {
      const { audience, epoch, seq } = safeParse(placeOfMessage, input)
      const room = view.state(roomFold, audience)
      if (actor.kind !== 'person' || !room || seq <= wordsAfter(room, actor.id)) return undefined
      const [event] = await log.readAudience(caseId, audience, seq - 1, 1)
      const isPost = event?.seq === seq && event.epoch === epoch && removable.has(event.type)
      return isPost && event.by !== 'system' ? event.by : undefined
    }),
  ]
}
