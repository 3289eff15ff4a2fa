// Signing: what device and server read alike, and of the signers' chain what a device knows.
import { defineCapability } from '#shared/log/capability.ts'
import { declineAct, recordPaperAct, reopenAct, signAct, signLastAct, withdrawSignatureAct } from './signing-acts.ts'
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

export const signing = defineCapability({
  name: 'signing',
  acts: [signAct, signLastAct, withdrawSignatureAct, declineAct, reopenAct, recordPaperAct],
  events: [signatureGiven, signatureWithdrawn, versionDeclined, versionRecalled, paperRecorded, agreementReleased],
  folds: [ownSigningFold, agreementFold, sealedFold],
  deviceEvents: [versionSealedTold, signatureSealedTold, releaseSealedTold, chainSealedTold],
})
