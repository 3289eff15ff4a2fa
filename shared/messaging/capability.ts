// What people write to each other.
import { defineCapability } from '#shared/log/capability.ts'
import { recordClosed } from './joint-record-protocol.ts'
import { jointRecordFold } from './joint-record-state.ts'
import { closeRecordAct, markReadAct, postAct, removeAct, removeOwnAct } from './messaging-acts.ts'
import { messagePosted, messageReleased } from './messaging-protocol.ts'
import { messagingFold } from './messaging-state.ts'
import { messagesRead } from './read-marks-protocol.ts'
import { readMarksFold } from './read-marks-state.ts'

export const messaging = defineCapability({
  name: 'messaging',
  acts: [postAct, removeOwnAct, removeAct, markReadAct, closeRecordAct],
  events: [messagePosted, messageReleased, messagesRead, recordClosed],
  folds: [readMarksFold, jointRecordFold],
  deviceFolds: [messagingFold],
})
