// Sealed records as releases before 2.2 wrote them: digests in bare hexadecimal, no scheme, no format. Read as today's records; written
// again as they were by seal-payload.ts.
import * as z from 'zod/mini'
import type { FileId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'
import { fromHexDigest } from './named-digest.ts'
import {
  identityLevelField,
  languagesField,
  momentField,
  partNameField,
  recordLocaleField,
  revisionField,
  sealValueField,
  signatureBytesField,
  signersField,
  signingMethod,
  textCodeField,
} from './record-fields.ts'
import { SERVICE_SCHEME } from './schemes.ts'
import type { Seal } from './seal.ts'
import type { FrozenRecord, ReleaseRecord, SignatureRecord } from './sealed-records.ts'
import type { GivenSignature } from './signing-protocol.ts'

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const sealIn1 = z.strictObject({ at: momentField, key: digest, value: sealValueField })

const frozenIn1 = z.strictObject({
  record: z.literal('frozen'),
  versionId: idField<VersionId>(),
  u: revisionField,
  textDigest: digest,
  pdfDigest: digest,
  textCode: textCodeField,
  language: recordLocaleField,
  languages: languagesField,
  caseNumber: z.optional(storedLine(60)),
  frozenAt: momentField,
  authority: digest,
  signers: signersField,
  seal: sealIn1,
})

const factsIn1 = {
  versionId: idField<VersionId>(),
  signatureDigest: digest,
  signedAt: momentField,
  method: signingMethod,
  identityLevel: identityLevelField,
  certificateDigest: digest,
  seal: sealIn1,
}
const signatureIn1 = z.strictObject({
  record: z.literal('signature'),
  participantId: idField<ParticipantId>(),
  ...factsIn1,
  cms: signatureBytesField,
})
const givenIn1 = z.strictObject({ ...factsIn1, fileId: idField<FileId>() })

const releaseIn1 = z.strictObject({
  record: z.literal('release'),
  versionId: idField<VersionId>(),
  releasedAt: momentField,
  signatureDigests: z.array(digest).check(z.minLength(2), z.maxLength(50)),
  parts: z.record(partNameField, digest),
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

export function givenFrom1(old: unknown): GivenSignature {
  const same = z.parse(givenIn1, old)
  return { ...same, ...factsFrom1(same) }
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

function factsFrom1({
  signatureDigest,
  certificateDigest,
  seal,
}: Pick<z.output<typeof signatureIn1>, 'signatureDigest' | 'certificateDigest' | 'seal'>) {
  return {
    scheme: SERVICE_SCHEME,
    signatureDigest: fromHexDigest(signatureDigest),
    certificateDigest: fromHexDigest(certificateDigest),
    seal: sealFrom1(seal),
  } as const
}

function sealFrom1({ at, key, value }: z.output<typeof sealIn1>): Seal {
  return { scheme: 'bitim-seal/1', at, key: fromHexDigest(key), value }
}
