import { serverCapability } from '#server/capability.ts'
import { markReadRule } from '#shared/messaging/decide-mark-read.ts'
import { postRule } from '#shared/messaging/decide-post.ts'
import { redactRule } from '#shared/messaging/decide-redact.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { messageFacts } from './message-facts.ts'

interface MessagingApi {
  /** Another kind of post in a conversation: it is taken away by the same command, by the same people. */
  readonly addRemovable: (definition: EventDefinition) => void
}

export const messaging = serverCapability<MessagingApi>({
  name: 'messaging',
  rules: [postRule, redactRule, markReadRule],
  start({ storage }) {
    const removable = new Set<string>([messagePosted.name])
    return { api: { addRemovable: ({ name }) => void removable.add(name) }, facts: messageFacts(storage.log, removable) }
  },
})
