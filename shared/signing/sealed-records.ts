// What the signers' chain holds, and all it holds: the frozen version, each signature, the release, the closing of the chain. Each record
// carries the installation's seal. The same records are the bodies of the events and the source of the bundle; no device on its way to a
// room loads them.
// This is their second format; records of the first are read by first-records.ts, and keep the seal that they were given then.
import * as z from 'zod/mini'
import { CONFIRMED_KINDS } from '#shared/drafting/drafting-protocol.ts'
import { CODE_WAYS } from '#shared/identity/code-ways.ts'
import type { DocumentId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'
import { languagesField, partNameField, revisionField, signatureBytesField, signersField, textCodeField } from './chain-fields.ts'
import { digestField } from './named-digest.ts'
import { momentField, recordLocaleField } from './record-fields.ts'
import { SEAL_SCHEME } from './schemes.ts'
import { sealField, sealFields, signatureFacts } from './signature-facts.ts'

export const frozenRecord = z.strictObject({
  record: z.literal('frozen'),
  versionId: idField<VersionId>(),
  /** As the event of its freezing names it; absent: the settlement, frozen before events named their document. */
  documentId: z.optional(idField<DocumentId>()),
  /** The number in the document's sequence that closed it. */
  revision: revisionField,
  textDigest: digestField,
  pdfDigest: digestField,
  textCode: textCodeField,
  language: recordLocaleField,
  /** Languages of the case; the certificate of completion speaks all of them. */
  languages: languagesField,
  caseNumber: z.optional(storedLine(60)),
  frozenAt: momentField,
  /** Of the authority's certificate. */
  authority: digestField,
  signers: signersField,
  seal: sealField,
})
export type FrozenRecord = z.output<typeof frozenRecord>

export const signatureRecord = z.strictObject({
  record: z.literal('signature'),
  participantId: idField<ParticipantId>(),
  ...signatureFacts,
  /** Base64; what they are, the scheme says. */
  signature: signatureBytesField,
})
export type SignatureRecord = z.output<typeof signatureRecord>

/** In which format the released bundle is made: said under the seal, so that nobody passes a bundle off as one that proves less. */
export const BUNDLE_FORMATS = [1, 2] as const
export type BundleFormat = (typeof BUNDLE_FORMATS)[number]

const correctedName = storedLine(200)
/** A signer's name that was corrected in the case. */
const correctionField = z.strictObject({ participantId: idField<ParticipantId>(), was: correctedName, is: correctedName, at: momentField })
export type Correction = z.output<typeof correctionField>
export const MAX_CORRECTIONS = 200

export const ACCESS_KINDS = [
  'link-made',
  'contacts-changed',
  'device-bound',
  'device-confirmed',
  'device-ended',
  'contact-confirmed',
  'contact-removed',
] as const
/** What was done about a signer's ways in, of identity's `access:changed`: no address, no id of a device. */
const accessField = z.strictObject({
  participantId: idField<ParticipantId>(),
  what: z.enum(ACCESS_KINDS),
  at: momentField,
  /** Who did it, where that is not the signer. */
  by: z.optional(idField<ParticipantId>()),
  /** Browser and system, in coarse words. */
  device: z.optional(storedLine(60)),
  /** How the code that the device showed had gone out; where codes for signing go. */
  way: z.optional(z.enum(CODE_WAYS)),
})
export type AccessLine = z.output<typeof accessField>
export const MAX_ACCESS_LINES = 1_000

/** With which words the bundle's papers are made, so that they can be made again byte for byte. The first are those of records that say none. */
export const FIRST_PAPER_WORDS = 1
export const LATEST_PAPER_WORDS = 2
export type PaperWords = typeof FIRST_PAPER_WORDS | typeof LATEST_PAPER_WORDS
/** A place of the text that the mediator looked at and left as it stands, when it was closed. */
const confirmationField = z.strictObject({
  kind: z.enum(CONFIRMED_KINDS),
  /** A word, a name, a heading, a demand of the law. */
  found: storedLine(160),
  by: idField<ParticipantId>(),
  at: momentField,
})
export type ConfirmationLine = z.output<typeof confirmationField>

export const releaseRecord = z.strictObject({
  record: z.literal('release'),
  bundleFormat: z.union([z.literal(1), z.literal(2)]),
  versionId: idField<VersionId>(),
  releasedAt: momentField,
  /** Of every signature, in the order of the chain. */
  signatureDigests: z.array(digestField).check(z.minLength(2), z.maxLength(50)),
  /** Digests of the bundle's parts that the chain itself does not determine, by name. */
  parts: z.record(partNameField, digestField),
  /** The last of them until the release, in their order; absent where none was made, and in records from before they were told. */
  corrections: z.optional(z.array(correctionField).check(z.minLength(1), z.maxLength(MAX_CORRECTIONS))),
  /** How the signers of sides got in, until the release, signer by signer in order; absent in records from before it was told. */
  access: z.optional(z.array(accessField).check(z.minLength(1), z.maxLength(MAX_ACCESS_LINES))),
  /** What was confirmed when the text was closed; absent where nothing was, and before version 3 of its event. */
  confirmed: z.optional(z.array(confirmationField).check(z.minLength(1), z.maxLength(100))),
  /** Whoever checks a bundle needs not know them, so those of a later release are read too. */
  paperWords: z.optional(z.int().check(z.minimum(LATEST_PAPER_WORDS), z.maximum(1_000))),
  seal: sealField,
})
export type ReleaseRecord = z.output<typeof releaseRecord>

/** Throws on those of a newer release: only that one can make its papers. */
export function paperWordsOf({ paperWords = FIRST_PAPER_WORDS }: { readonly paperWords?: number | undefined }): PaperWords {
  const known = ([FIRST_PAPER_WORDS, LATEST_PAPER_WORDS] as const).find((each) => each === paperWords)
  if (known === undefined) throw new Error('papers of a newer release')
  return known
}

/** Answers about certificates and time-stamp tokens that a bundle may carry one day: the name of the part, and its digest. */
const evidenceField = z.strictObject({
  name: z.string().check(z.regex(/^evidence\/[a-z0-9][a-z0-9-]{0,59}\.(?:ors|tsr)$/)),
  digest: digestField,
})

/** Closes the chain: seals the hash of its last event, and with it every event's header and body before. */
export const closingRecord = z.strictObject({
  record: z.literal('closing'),
  versionId: idField<VersionId>(),
  /** The release's event: its number, which is the number of events, and its hash. */
  head: z.strictObject({ m: z.int().check(z.minimum(1)), digest: digestField }),
  evidence: z.array(evidenceField).check(z.maxLength(100)),
  seal: z.strictObject({ scheme: z.literal(SEAL_SCHEME), ...sealFields }),
})
export type ClosingRecord = z.output<typeof closingRecord>

export type SealedRecord = FrozenRecord | SignatureRecord | ReleaseRecord | ClosingRecord
