// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { admitAct, openJointWordsAct, openOwnWordsAct } from './room-acts.ts'
import { earlierOpened, grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({
  name: 'rooms',
  acts: [admitAct, openOwnWordsAct, openJointWordsAct],
  events: [grantGiven, grantEnded, roomJoined, roomLeft, earlierOpened],
  folds: [roomFold],
})
