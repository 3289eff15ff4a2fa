// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { consentAnswered, consentAsked } from './consent-protocol.ts'
import { consentFold } from './consent-state.ts'
import { groupEnded, groupEntered, groupOpened, groupRenamed } from './group-protocol.ts'
import { groupFold } from './group-state.ts'
import { lineInterrupted, lineRestored } from './line-protocol.ts'
import { lineFold } from './line-state.ts'
import { lockLifted, lockSet } from './lock-protocol.ts'
import { locksFold } from './lock-state.ts'
import { procedureChanged } from './procedure-protocol.ts'
import { procedureFold } from './procedure-state.ts'
import {
  admitAct,
  answerConsentAct,
  beLetInAct,
  changeGroupAct,
  changeMediatorsAct,
  enterGroupAct,
  giveGrantAct,
  leaveGroupAct,
  lockAct,
  openGroupAct,
  openJointWordsAct,
  openOwnWordsAct,
  setProcedureAct,
} from './room-acts.ts'
import { earlierOpened, grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({
  name: 'rooms',
  acts: [
    admitAct,
    giveGrantAct,
    beLetInAct,
    answerConsentAct,
    changeMediatorsAct,
    openOwnWordsAct,
    openJointWordsAct,
    openGroupAct,
    changeGroupAct,
    enterGroupAct,
    leaveGroupAct,
    lockAct,
    setProcedureAct,
  ],
  events: [
    grantGiven,
    grantEnded,
    roomJoined,
    roomLeft,
    earlierOpened,
    consentAsked,
    consentAnswered,
    groupOpened,
    groupRenamed,
    groupEntered,
    groupEnded,
    lockSet,
    lockLifted,
    lineInterrupted,
    lineRestored,
    procedureChanged,
  ],
  folds: [roomFold, consentFold, groupFold, locksFold, lineFold, procedureFold],
})
