// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { admitAct } from './room-acts.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({
  name: 'rooms',
  acts: [admitAct],
  events: [grantGiven, grantEnded, roomJoined, roomLeft],
  folds: [roomFold],
})
