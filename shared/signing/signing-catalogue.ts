// All that signing adds to the catalogue.
import type { Rule } from '#shared/log/decide.ts'
import type { Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { recordPaperRule } from './decide-paper.ts'
import { declineRule, reopenRule } from './decide-reopen.ts'
import { sealVersionRule } from './decide-seal.ts'
import { giveSignatureRule, withdrawSignatureRule } from './decide-sign.ts'
import {
  agreementReleased,
  paperRecorded,
  releaseSealed,
  signatureGiven,
  signatureSealed,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  versionSealed,
} from './signing-protocol.ts'
import { agreementFold, ownSigningFold, signersFold } from './signing-state.ts'

export const SIGNING_RULES: readonly Rule[] = [
  sealVersionRule,
  giveSignatureRule,
  withdrawSignatureRule,
  declineRule,
  reopenRule,
  recordPaperRule,
]

export const SIGNING_EVENTS: readonly EventDefinition[] = [
  versionSealed,
  signatureGiven,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  paperRecorded,
  signatureSealed,
  releaseSealed,
  agreementReleased,
]

export const SIGNING_FOLDS: readonly Fold[] = [ownSigningFold, agreementFold, signersFold] as readonly Fold[]
