// Fields that sealed records share, whatever their format.
import * as z from 'zod/mini'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'

/** Milliseconds, until the end of the year 9999: what dates can be printed of. */
export const momentField = z.int().check(z.minimum(0), z.maximum(253_402_200_000_000))
export const recordLocaleField = z.enum(LOCALES)
export const revisionField = z.int().check(z.minimum(0))
export const textCodeField = z.string().check(z.regex(/^\d{4} \d{4} \d{4}$/))
export const languagesField = z.array(recordLocaleField).check(z.minLength(1), z.maxLength(3))
export const sealValueField = z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/))
/** Base64 with its padding, as one way of writing for given bytes. */
export const signatureBytesField = z
  .string()
  .check(z.maxLength(20_000), z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/))
export const partNameField = z.string().check(z.maxLength(100))

const signerField = z.strictObject({
  participantId: idField<ParticipantId>(),
  name: storedLine(200),
  role: z.enum(['mediator', 'party', 'representative']),
  /** The side's name as the case calls it; a mediator has none. */
  side: z.optional(storedLine(200)),
})
export type Signer = z.output<typeof signerField>
export const signersField = z.array(signerField).check(z.minLength(2), z.maxLength(50))

/** How the signer came to know the text, and how they said yes (Digital Code, art. 50(3)1-2). */
export const signingMethod = z.strictObject({
  read: z.union([z.literal('self'), z.strictObject({ by: storedLine(200), language: recordLocaleField })]),
  confirmation: z.enum(['code-read-out', 'code-by-sms', 'code-by-mail', 'password']),
})
export type SigningMethod = z.output<typeof signingMethod>

export const identityLevelField = z.enum(['link-and-code', 'staff-account'])
export type IdentityLevel = z.output<typeof identityLevelField>
