// Everything that can be asked, in the capabilities' order. The server alone decides, so no device loads this.
import { confirmAgreementRule } from '#shared/cases/decide-agreement.ts'
import { closeCaseRule, endMediationRule, endSessionRule, startSessionRule } from '#shared/cases/decide-session.ts'
import { answerCallRule, callMediatorRule, endCaucusRule, enterCaucusRule, inviteToCaucusRule } from '#shared/caucus/decide-caucus.ts'
import { cancelFreezeRule, freezeVersionRule, requestFreezeRule } from '#shared/drafting/decide-freeze.ts'
import { giveReadyRule, withdrawReadyRule } from '#shared/drafting/decide-ready.ts'
import {
  beginAnewRule,
  bringBackRule,
  finishRestorationRule,
  reportDeletionRule,
  undoDeletionRule,
} from '#shared/drafting/decide-restoring.ts'
import type { Rule } from '#shared/log/decide.ts'
import { postRule } from '#shared/messaging/decide-post.ts'
import { redactRule } from '#shared/messaging/decide-redact.ts'
import { admitRule } from '#shared/rooms/decide-admit.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { expireGrantRule } from '#shared/rooms/decide-expire.ts'
import { leaveRule } from '#shared/rooms/decide-leave.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { addPersonRule, correctPersonRule, endPersonRule } from '#shared/rooms/decide-people.ts'
import { SIGNING_RULES } from '#shared/signing/signing-rules.ts'

export const RULES: readonly Rule[] = [
  openRule,
  confirmAgreementRule,
  startSessionRule,
  endSessionRule,
  endMediationRule,
  closeCaseRule,
  enterRule,
  admitRule,
  addPersonRule,
  correctPersonRule,
  endPersonRule,
  expireGrantRule,
  leaveRule,
  postRule,
  redactRule,
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
  bringBackRule,
  beginAnewRule,
  undoDeletionRule,
  reportDeletionRule,
  finishRestorationRule,
  ...SIGNING_RULES,
]
