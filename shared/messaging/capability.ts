// What people write to each other.
import { defineCapability } from '#shared/log/capability.ts'
import { postAct, removeAct, removeOwnAct } from './messaging-acts.ts'
import { messagePosted } from './messaging-protocol.ts'
import { messagingFold } from './messaging-state.ts'

export const messaging = defineCapability({
  name: 'messaging',
  acts: [postAct, removeOwnAct, removeAct],
  events: [messagePosted],
  deviceFolds: [messagingFold],
})
