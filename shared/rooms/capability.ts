// Who may read and write where.
import { defineCapability } from '#shared/log/capability.ts'
import { consentAnswered, consentAsked } from './consent-protocol.ts'
import { consentFold } from './consent-state.ts'
import {
  admitAct,
  answerConsentAct,
  beLetInAct,
  changeMediatorsAct,
  giveGrantAct,
  openJointWordsAct,
  openOwnWordsAct,
} from './room-acts.ts'
import { earlierOpened, grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

export const rooms = defineCapability({
  name: 'rooms',
  acts: [admitAct, giveGrantAct, beLetInAct, answerConsentAct, changeMediatorsAct, openOwnWordsAct, openJointWordsAct],
  events: [grantGiven, grantEnded, roomJoined, roomLeft, consentAsked, consentAnswered, earlierOpened],
  folds: [roomFold, consentFold],
})
