// Everything that can be asked, that can happen and that is folded, in the capabilities' order. The only shared file that knows everybody.
import { agreementConfirmed, caseOpened, mediationEnded, sessionEnded, sessionStarted, sideLeft } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { confirmAgreementRule } from '#shared/cases/decide-agreement.ts'
import { endMediationRule, endSessionRule, startSessionRule } from '#shared/cases/decide-session.ts'
import { callAnswered, caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import { answerCallRule, callMediatorRule, endCaucusRule, enterCaucusRule, inviteToCaucusRule } from '#shared/caucus/decide-caucus.ts'
import { cancelFreezeRule, freezeVersionRule, requestFreezeRule } from '#shared/drafting/decide-freeze.ts'
import { giveReadyRule, withdrawReadyRule } from '#shared/drafting/decide-ready.ts'
import {
  draftReopened,
  freezeCancelled,
  freezeRequested,
  readyGiven,
  readyWithdrawn,
  versionFrozen,
} from '#shared/drafting/drafting-protocol.ts'
import { draftFold, readyFold } from '#shared/drafting/drafting-state.ts'
import type { Rule } from '#shared/log/decide.ts'
import type { Fold } from '#shared/log/fold.ts'
import { postRule } from '#shared/messaging/decide-post.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { admitRule } from '#shared/rooms/decide-admit.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { leaveRule } from '#shared/rooms/decide-leave.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { removeRule } from '#shared/rooms/decide-remove.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { SIGNING_EVENTS, SIGNING_FOLDS, SIGNING_RULES } from '#shared/signing/signing-catalogue.ts'

export const RULES: readonly Rule[] = [
  openRule,
  confirmAgreementRule,
  startSessionRule,
  endSessionRule,
  endMediationRule,
  enterRule,
  admitRule,
  removeRule,
  leaveRule,
  postRule,
  inviteToCaucusRule,
  enterCaucusRule,
  endCaucusRule,
  callMediatorRule,
  answerCallRule,
  giveReadyRule,
  withdrawReadyRule,
  requestFreezeRule,
  cancelFreezeRule,
  freezeVersionRule,
  ...SIGNING_RULES,
]

export const EVENTS: readonly EventDefinition[] = [
  caseOpened,
  agreementConfirmed,
  sessionStarted,
  sessionEnded,
  sideLeft,
  mediationEnded,
  roomJoined,
  roomLeft,
  messagePosted,
  caucusInvited,
  caucusEntered,
  caucusEnded,
  mediatorCalled,
  callAnswered,
  readyGiven,
  readyWithdrawn,
  freezeRequested,
  freezeCancelled,
  versionFrozen,
  draftReopened,
  ...SIGNING_EVENTS,
]

/** What decisions need, folded on the server. */
export const SERVER_FOLDS: readonly Fold[] = [caseFold, roomFold, caucusFold, draftFold, readyFold, ...SIGNING_FOLDS] as readonly Fold[]

/** What screens need besides. */
export const CLIENT_FOLDS: readonly Fold[] = [...SERVER_FOLDS, messagingFold as Fold]
