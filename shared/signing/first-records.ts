// Sealed records of the signers' chain as releases before 2.2 wrote them, read as today's; written again as they were by seal-payload.ts.
import * as z from 'zod/mini'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'
import { languagesField, partNameField, revisionField, signatureBytesField, signersField, textCodeField } from './chain-fields.ts'
import { digestIn1, factsFrom1, factsIn1, sealFrom1, sealIn1 } from './first-format.ts'
import { fromHexDigest } from './named-digest.ts'
import { momentField, recordLocaleField } from './record-fields.ts'
import type { FrozenRecord, ReleaseRecord, SignatureRecord } from './sealed-records.ts'

const frozenIn1 = z.strictObject({
  record: z.literal('frozen'),
  versionId: idField<VersionId>(),
  u: revisionField,
  textDigest: digestIn1,
  pdfDigest: digestIn1,
  textCode: textCodeField,
  language: recordLocaleField,
  languages: languagesField,
  caseNumber: z.optional(storedLine(60)),
  frozenAt: momentField,
  authority: digestIn1,
  signers: signersField,
  seal: sealIn1,
})

const signatureIn1 = z.strictObject({
  record: z.literal('signature'),
  participantId: idField<ParticipantId>(),
  ...factsIn1,
  cms: signatureBytesField,
})
const releaseIn1 = z.strictObject({
  record: z.literal('release'),
  versionId: idField<VersionId>(),
  releasedAt: momentField,
  signatureDigests: z.array(digestIn1).check(z.minLength(2), z.maxLength(50)),
  parts: z.record(partNameField, digestIn1),
  seal: sealIn1,
})

/** These throw on what is no record of the first format. */
export function frozenFrom1(old: unknown): FrozenRecord {
  const { u, textDigest, pdfDigest, authority, seal, ...same } = z.parse(frozenIn1, old)
  return {
    ...same,
    revision: u,
    textDigest: fromHexDigest(textDigest),
    pdfDigest: fromHexDigest(pdfDigest),
    authority: fromHexDigest(authority),
    seal: sealFrom1(seal),
  }
}

export function signatureFrom1(old: unknown): SignatureRecord {
  const { cms, ...same } = z.parse(signatureIn1, old)
  return { ...same, ...factsFrom1(same), signature: cms }
}

export function releaseFrom1(old: unknown): ReleaseRecord {
  const { signatureDigests, parts, seal, ...same } = z.parse(releaseIn1, old)
  return {
    ...same,
    bundleFormat: 1,
    signatureDigests: signatureDigests.map(fromHexDigest),
    parts: Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, fromHexDigest(value)])),
    seal: sealFrom1(seal),
  }
}
