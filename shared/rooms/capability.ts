// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { groupEnded, groupEntered, groupOpened, groupRenamed } from './group-protocol.ts'
import { groupFold } from './group-state.ts'
import { lineInterrupted, lineRestored } from './line-protocol.ts'
import { lineFold } from './line-state.ts'
import { lockLifted, lockSet } from './lock-protocol.ts'
import { locksFold } from './lock-state.ts'
import { admitAct, changeGroupAct, enterGroupAct, leaveGroupAct, lockAct, openGroupAct } from './room-acts.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({
  name: 'rooms',
  acts: [admitAct, openGroupAct, changeGroupAct, enterGroupAct, leaveGroupAct, lockAct],
  events: [
    grantGiven,
    grantEnded,
    roomJoined,
    roomLeft,
    groupOpened,
    groupRenamed,
    groupEntered,
    groupEnded,
    lockSet,
    lockLifted,
    lineInterrupted,
    lineRestored,
  ],
  folds: [roomFold, groupFold, locksFold, lineFold],
})
