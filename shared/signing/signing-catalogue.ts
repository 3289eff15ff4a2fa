// What signing adds to the catalogue: what device and server read alike, and of the signers' chain what a device knows.
import type { Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import {
  agreementReleased,
  chainSealedTold,
  paperRecorded,
  releaseSealedTold,
  signatureGiven,
  signatureSealedTold,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  versionSealedTold,
} from './signing-protocol.ts'
import { agreementFold, ownSigningFold, sealedFold } from './signing-state.ts'

export const SIGNING_EVENTS: readonly EventDefinition[] = [
  signatureGiven,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  paperRecorded,
  agreementReleased,
]

export const CHAIN_EVENTS_TOLD: readonly EventDefinition[] = [versionSealedTold, signatureSealedTold, releaseSealedTold, chainSealedTold]

export const SIGNING_FOLDS: readonly Fold[] = [ownSigningFold, agreementFold, sealedFold] as readonly Fold[]
