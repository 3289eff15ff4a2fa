// What the signers' chain holds, and all it holds: the frozen version, each signature, the release. Each record carries the installation's seal.
// The same records are the bodies of the events and the source of the bundle.
import * as z from 'zod/mini'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'

const digestField = z.string().check(z.regex(/^[0-9a-f]{64}$/))
/** Milliseconds, until the end of the year 9999: what dates can be printed of. */
const momentField = z.int().check(z.minimum(0), z.maximum(253_402_200_000_000))
const localeField = z.enum(LOCALES)

export const sealField = z.strictObject({
  at: momentField,
  key: digestField,
  value: z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/)),
})

const signerField = z.strictObject({
  participantId: idField<ParticipantId>(),
  name: storedLine(200),
  role: z.enum(['mediator', 'party', 'representative']),
  /** The side's name as the case calls it; a mediator has none. */
  side: z.optional(storedLine(200)),
})
export type Signer = z.output<typeof signerField>

export const frozenRecord = z.strictObject({
  record: z.literal('frozen'),
  versionId: idField<VersionId>(),
  /** The number in the draft's sequence that closed it. */
  u: z.int().check(z.minimum(0)),
  textDigest: digestField,
  pdfDigest: digestField,
  textCode: z.string().check(z.regex(/^\d{4} \d{4} \d{4}$/)),
  language: localeField,
  /** Languages of the case; the certificate of completion speaks all of them. */
  languages: z.array(localeField).check(z.minLength(1), z.maxLength(3)),
  caseNumber: z.optional(storedLine(60)),
  frozenAt: momentField,
  /** SHA-256 of the authority's certificate. */
  authority: digestField,
  signers: z.array(signerField).check(z.minLength(2), z.maxLength(50)),
  seal: sealField,
})
export type FrozenRecord = z.output<typeof frozenRecord>

/** How the signer came to know the text, and how they said yes (Digital Code, art. 50(3)1-2). */
export const signingMethod = z.strictObject({
  read: z.union([z.literal('self'), z.strictObject({ by: storedLine(200), language: localeField })]),
  confirmation: z.enum(['code-read-out', 'code-by-sms', 'code-by-mail', 'password']),
})
export type SigningMethod = z.output<typeof signingMethod>

export const identityLevelField = z.enum(['link-and-code', 'staff-account'])
export type IdentityLevel = z.output<typeof identityLevelField>

export const signatureRecord = z.strictObject({
  record: z.literal('signature'),
  participantId: idField<ParticipantId>(),
  versionId: idField<VersionId>(),
  /** SHA-256 of the CMS. */
  signatureDigest: digestField,
  /** The server's time, also inside the signature, in whole seconds there. */
  signedAt: momentField,
  method: signingMethod,
  identityLevel: identityLevelField,
  certificateDigest: digestField,
  /** DER, base64. */
  cms: z.string().check(z.maxLength(20_000), z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)),
  seal: sealField,
})
export type SignatureRecord = z.output<typeof signatureRecord>

export const releaseRecord = z.strictObject({
  record: z.literal('release'),
  versionId: idField<VersionId>(),
  releasedAt: momentField,
  /** Of every signature, in the order of the chain. */
  signatureDigests: z.array(digestField).check(z.minLength(2), z.maxLength(50)),
  /** SHA-256 of the bundle's parts that the chain itself does not determine, by name. */
  parts: z.record(z.string().check(z.maxLength(100)), digestField),
  seal: sealField,
})
export type ReleaseRecord = z.output<typeof releaseRecord>

export const sealedRecord = z.union([frozenRecord, signatureRecord, releaseRecord])
export type SealedRecord = z.output<typeof sealedRecord>

/** What a seal is over: the record without it. */
export function payloadOf<R extends SealedRecord>({ seal: _, ...payload }: R): Omit<R, 'seal'> {
  return payload
}
