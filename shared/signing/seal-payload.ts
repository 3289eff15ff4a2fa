// What a seal is over. Apart from the records' fields, because only who seals and who verifies needs it: no device on its way to a room.
import { hexOf } from './named-digest.ts'
import type { FrozenRecord, ReleaseRecord, SealedRecord, SignatureRecord } from './sealed-records.ts'

/** What a seal is over: the record without it, written as its seal's scheme writes records. */
export function payloadOf(record: SealedRecord): object {
  if (record.record !== 'closing' && record.seal.scheme === 'bitim-seal/1') return inFirstFormat(record)
  const { seal: _, ...payload } = record
  return payload
}

/** The record without its seal, as the first format wrote it. */
export function inFirstFormat(record: FrozenRecord | SignatureRecord | ReleaseRecord): object {
  switch (record.record) {
    case 'frozen': {
      const { revision, textDigest, pdfDigest, authority, seal: _, ...same } = record
      return { ...same, u: revision, textDigest: hexOf(textDigest), pdfDigest: hexOf(pdfDigest), authority: hexOf(authority) }
    }
    case 'signature': {
      const { scheme: _scheme, signature, signatureDigest, certificateDigest, seal: _, ...same } = record
      return { ...same, cms: signature, signatureDigest: hexOf(signatureDigest), certificateDigest: hexOf(certificateDigest) }
    }
    case 'release': {
      const { bundleFormat: _format, signatureDigests, parts, seal: _, ...same } = record
      const bare = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, hexOf(value)]))
      return { ...same, signatureDigests: signatureDigests.map(hexOf), parts: bare }
    }
  }
}
