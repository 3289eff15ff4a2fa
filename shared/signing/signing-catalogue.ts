// What signing adds to the catalogue.
import type { Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import {
  agreementReleased,
  chainSealed,
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

export const SIGNING_EVENTS: readonly EventDefinition[] = [
  versionSealed,
  signatureGiven,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  paperRecorded,
  signatureSealed,
  releaseSealed,
  chainSealed,
  agreementReleased,
]

export const SIGNING_FOLDS: readonly Fold[] = [ownSigningFold, agreementFold, signersFold] as readonly Fold[]
