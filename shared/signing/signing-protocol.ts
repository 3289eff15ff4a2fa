// Signing as commands and events. A side's signature is told to that person and the mediator alone; at release all of them stand in the
// signers' chain at once. The bytes of a signature are in no event before that.
import * as z from 'zod/mini'
import type { FileId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, defineToldEvent, saidEvent } from '#shared/protocol/define.ts'
import { dayField, idField } from '#shared/protocol/fields.ts'
import { lineField, storedLine, storedText, textField } from '#shared/protocol/text-fields.ts'
import { givenFrom1 } from './first-format.ts'
import { signatureFacts } from './signature-facts.ts'

const versionId = idField<VersionId>()
const ofVersion = z.strictObject({ versionId })

/** `cms`: DER, base64, over the frozen PDF, made with the certificate that was issued for it last. */
export const signatureGive = defineCommand('signature:give', {
  input: z.strictObject({ versionId, cms: z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/), z.maxLength(20_000)) }),
})
/** The sealed record of one signature without its bytes, which rest apart. */
export const signatureGiven = defineEvent('signature:given', 2, z.strictObject({ ...signatureFacts, fileId: idField<FileId>() }), {
  1: givenFrom1,
})

export const signatureWithdraw = defineCommand('signature:withdraw', { input: ofVersion })
export const signatureWithdrawn = defineEvent('signature:withdrawn', 1, ofVersion)

/** "I will not sign this text": no reason is demanded (art. 5: voluntary), and its reader is the signer's own choice. */
const declineFields = {
  versionId,
  /** `2.1`: the clause that it is about. */
  clause: z.optional(z.string().check(z.regex(/^\d{1,5}(?:\.\d{1,5}){0,5}$/))),
}
export const DECLINE_READERS = ['mediator', 'all'] as const
export type DeclineReader = (typeof DECLINE_READERS)[number]
export const versionDecline = defineCommand('version:decline', {
  input: z.strictObject({ ...declineFields, reason: z.optional(textField(2000)), to: z.enum(DECLINE_READERS) }),
})
export const versionDeclined = saidEvent(
  defineEvent('version:declined', 1, z.strictObject({ ...declineFields, reason: z.optional(storedText(2000)) })),
)

/** The mediator opens the text again, and says to all why. */
export const versionReopen = defineCommand('version:reopen', { input: z.strictObject({ versionId, reason: textField(500) }) })
export const versionRecalled = defineEvent('version:recalled', 1, z.strictObject({ versionId, reason: storedText(500) }))

const paper = { versionId, signedOn: dayField }
/** The mediator records that everybody signed the printed version by hand. */
export const paperRecord = defineCommand('paper:record', { input: z.strictObject({ ...paper, place: lineField(120) }) })
export const paperRecorded = defineEvent('paper:recorded', 1, z.strictObject({ ...paper, place: storedLine(120) }))

/** A step of the system, right after freezing: no signature is taken before the frozen version itself is sealed. `signers`: those of sides. */
export const versionSeal = defineCommand('version:seal', {
  input: z.strictObject({ versionId, signers: z.array(idField<ParticipantId>()) }),
})

/** A step of the system, right after the release: seals the chain as a whole, before the bundle is made of it. */
export const chainSeal = defineCommand('chain:seal', { input: ofVersion })

/** What stands in the signers' chain, as a device folds it: that it is there. With what is in it: chain-protocol.ts. */
export const versionSealedTold = defineToldEvent('version:sealed', 2)
export const signatureSealedTold = defineToldEvent('signature:sealed', 2)
export const releaseSealedTold = defineToldEvent('release:sealed', 3)
export const chainSealedTold = defineToldEvent('chain:sealed', 1)

/** To all: everybody has signed; the bundle is for each of them now. */
export const agreementReleased = defineEvent('agreement:released', 1, z.strictObject({ versionId, bundleFileId: idField<FileId>() }))

const SIGNING_REASONS = [
  'signing/not-yet', // unavailable: the frozen version is being sealed
  'signing/reopened', // conflict: this text was opened again, or never closed
  'signing/ended', // conflict: the mediation is over
  'signing/agreed', // conflict: everybody has signed, or it was signed on paper
  'signing/already-signed', // conflict
  'signing/new-device', // conflict: bound after the text was closed, and not confirmed by an earlier device
  'signing/not-signed', // conflict: nothing to withdraw
  'signing/others-first', // conflict: the mediator signs last
  'signing/signature-stands', // conflict: a version is all electronic or all paper
  'signing/ask-again', // conflict: the confirmation was used, replaced or is too old
  'signing/other-text', // invalid: signed over another text than the frozen one
  'signing/other-document', // invalid: signed over another PDF
  'signing/not-verified', // invalid: no signature of this person under the certificate issued for it
  'signing/day', // invalid: before the text was closed, or in the future
  'signing/cannot-make', // unavailable: the document could not be made within its limits of time and memory
  'signing/too-fast', // too-many: files asked for too often
] as const
export type SigningReason = (typeof SIGNING_REASONS)[number]

export type GivenSignature = z.output<typeof signatureGiven.body>
