// Files that people show to each other.
import { defineCapability } from '#shared/log/capability.ts'
import { postFileAct } from './files-acts.ts'
import { filePosted, fileReleased } from './files-protocol.ts'
import { filesFold } from './files-state.ts'

export const files = defineCapability({
  name: 'files',
  acts: [postFileAct],
  events: [filePosted, fileReleased],
  deviceFolds: [filesFold],
})
