// The sealed records of the signers' chain as events with their bodies: for the server, which seals, and for who verifies. A device folds
// only that they are there (signing-protocol.ts) and does not load this.
import { withBody } from '#shared/protocol/define.ts'
import { frozenFrom1, releaseFrom1, signatureFrom1 } from './first-records.ts'
import { closingRecord, frozenRecord, releaseRecord, signatureRecord } from './sealed-records.ts'
import { chainSealedTold, releaseSealedTold, signatureSealedTold, versionSealedTold } from './signing-protocol.ts'

export const versionSealed = withBody(versionSealedTold, frozenRecord, { 1: frozenFrom1 })
export const signatureSealed = withBody(signatureSealedTold, signatureRecord, { 1: signatureFrom1 })
export const releaseSealed = withBody(releaseSealedTold, releaseRecord, { 1: releaseFrom1, 2: (old) => old })
export const chainSealed = withBody(chainSealedTold, closingRecord)
