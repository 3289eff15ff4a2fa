// What people write to each other.
import { defineCapability } from '#shared/log/capability.ts'
import { markReadAct, postAct, removeAct, removeOwnAct } from './messaging-acts.ts'
import { messagePosted, messageReleased } from './messaging-protocol.ts'
import { messagingFold } from './messaging-state.ts'
import { messagesRead } from './read-marks-protocol.ts'
import { readMarksFold } from './read-marks-state.ts'

export const messaging = defineCapability({
  name: 'messaging',
  acts: [postAct, removeOwnAct, removeAct, markReadAct],
  events: [messagePosted, messageReleased, messagesRead],
  folds: [readMarksFold],
  deviceFolds: [messagingFold],
})
