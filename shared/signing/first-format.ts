// What releases before 2.2 said of a signature: digests in bare hexadecimal, no scheme. Their sealed records stand in first-records.ts.
import * as z from 'zod/mini'
import type { FileId, VersionId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { fromHexDigest } from './named-digest.ts'
import { identityLevelField, momentField, sealValueField, signingMethod } from './record-fields.ts'
import { SERVICE_SCHEME } from './schemes.ts'
import type { Seal } from './seal.ts'
import type { GivenSignature } from './signing-protocol.ts'

export const digestIn1 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
export const sealIn1 = z.strictObject({ at: momentField, key: digestIn1, value: sealValueField })

export const factsIn1 = {
  versionId: idField<VersionId>(),
  signatureDigest: digestIn1,
  signedAt: momentField,
  method: signingMethod,
  identityLevel: identityLevelField,
  certificateDigest: digestIn1,
  seal: sealIn1,
}
const givenIn1 = z.strictObject({ ...factsIn1, fileId: idField<FileId>() })

/** Throws on what is no body of the first version. */
export function givenFrom1(old: unknown): GivenSignature {
  const same = z.parse(givenIn1, old)
  return { ...same, ...factsFrom1(same) }
}

export function factsFrom1({
  signatureDigest,
  certificateDigest,
  seal,
}: Pick<z.output<typeof givenIn1>, 'signatureDigest' | 'certificateDigest' | 'seal'>) {
  return {
    scheme: SERVICE_SCHEME,
    signatureDigest: fromHexDigest(signatureDigest),
    certificateDigest: fromHexDigest(certificateDigest),
    seal: sealFrom1(seal),
  } as const
}

export function sealFrom1({ at, key, value }: z.output<typeof sealIn1>): Seal {
  return { scheme: 'bitim-seal/1', at, key: fromHexDigest(key), value }
}
