// What can happen and what is folded, in the capabilities' order, as far as devices know it; server-catalogue.ts adds what the server alone
// reads. With that and rules.ts, the only shared files that know everybody.
import {
  agreementConfirmed,
  caseClosed,
  caseOpened,
  mediationEnded,
  sessionEnded,
  sessionStarted,
  sideLeft,
} from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personAdded, personCorrected, personEnded, sideAdded } from '#shared/cases/people-protocol.ts'
import { callAnswered, caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import {
  draftReopened,
  freezeCancelled,
  freezeRequested,
  readyGiven,
  readyWithdrawn,
  versionFrozen,
} from '#shared/drafting/drafting-protocol.ts'
import { draftFold, readyFold } from '#shared/drafting/drafting-state.ts'
import { largeDeletion, restorationFailed, restorationRequested, textRestored } from '#shared/drafting/restoring-protocol.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import type { Fold } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { CHAIN_EVENTS_TOLD, SIGNING_EVENTS, SIGNING_FOLDS } from '#shared/signing/signing-catalogue.ts'

/** Those that device and server read alike. */
export const EVENTS: readonly EventDefinition[] = [
  caseOpened,
  agreementConfirmed,
  sessionStarted,
  sessionEnded,
  sideLeft,
  mediationEnded,
  caseClosed,
  sideAdded,
  personAdded,
  personCorrected,
  personEnded,
  grantGiven,
  grantEnded,
  roomJoined,
  roomLeft,
  messagePosted,
  bodyRedacted,
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
  largeDeletion,
  restorationRequested,
  textRestored,
  restorationFailed,
  ...SIGNING_EVENTS,
]

/** As a device reads them. */
export const DEVICE_EVENTS: readonly EventDefinition[] = [...EVENTS, ...CHAIN_EVENTS_TOLD]

/** What decisions and screens need. */
export const FOLDS: readonly Fold[] = [
  caseFold,
  roomFold,
  caucusFold,
  draftFold,
  readyFold,
  restoringFold,
  ...SIGNING_FOLDS,
] as readonly Fold[]

/** What screens need besides. */
export const DEVICE_FOLDS: readonly Fold[] = [...FOLDS, messagingFold as Fold]
