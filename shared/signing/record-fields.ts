// Fields that signatures and sealed records share, whatever their format.
import * as z from 'zod/mini'
import { LOCALES } from '#shared/kernel/locale.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'

/** Milliseconds, until the end of the year 9999: what dates can be printed of. */
export const momentField = z.int().check(z.minimum(0), z.maximum(253_402_200_000_000))
export const recordLocaleField = z.enum(LOCALES)
export const sealValueField = z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/))
/** How the signer came to know the text, and how they said yes (Digital Code, art. 50(3)1-2). */
export const signingMethod = z.strictObject({
  read: z.union([z.literal('self'), z.strictObject({ by: storedLine(200), language: recordLocaleField })]),
  confirmation: z.enum(['code-read-out', 'code-by-sms', 'code-by-mail', 'password']),
})
export type SigningMethod = z.output<typeof signingMethod>

export const identityLevelField = z.enum(['link-and-code', 'staff-account'])
export type IdentityLevel = z.output<typeof identityLevelField>
