// What people write to each other.
import { defineCapability } from '#shared/log/capability.ts'
import { messagePosted } from './messaging-protocol.ts'
import { messagingFold } from './messaging-state.ts'

export const messaging = defineCapability({ name: 'messaging', events: [messagePosted], deviceFolds: [messagingFold] })
