import { serverCapability } from '#server/capability.ts'
import { closeRecordRule } from '#shared/messaging/decide-close-record.ts'
import { markReadRule } from '#shared/messaging/decide-mark-read.ts'
import { postRule } from '#shared/messaging/decide-post.ts'
import { redactRule } from '#shared/messaging/decide-redact.ts'
import { messageFacts } from './message-facts.ts'

export const messaging = serverCapability({
  name: 'messaging',
  rules: [postRule, redactRule, markReadRule, closeRecordRule],
  start: ({ storage }) => ({ api: undefined, facts: messageFacts(storage.log) }),
})
