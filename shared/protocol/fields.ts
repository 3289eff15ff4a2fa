// Schemas that many capabilities share: ids, audiences, days, languages. Texts with honest limits stand in text-fields.ts,
// because the table of letters weighs more than the whole first screen of an invited person may.
import * as z from 'zod/mini'
import { type Audience, isAudience } from '#shared/kernel/audience.ts'
import { ID_PATTERN } from '#shared/kernel/ids.ts'
import type { Schema } from './define.ts'

export function idField<Id extends string>(): Schema<Id> {
  return z.string().check(z.regex(ID_PATTERN)) as unknown as Schema<Id> // the brand exists for the compiler alone
}

export const audienceField = z.string().check(
  z.maxLength(40),
  z.refine((text) => isAudience(text)),
) as unknown as Schema<Audience> // what the check above has made of it

/** A calendar day, `2026-11-22`. */
export const dayField = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => {
    const time = Date.parse(`${text}T00:00:00Z`)
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  }),
)

/** Milliseconds since 1970, as far as calendars reach: every device can show it. */
export const timeField = z.int().check(z.minimum(0), z.maximum(253_402_200_000_000))

export const localeField = z.enum(['kk', 'ru', 'en'])
