// Schemas that many capabilities share: ids, names, texts with honest limits.
import * as z from 'zod/mini'
import { type Audience, isAudience } from '#shared/kernel/audience.ts'
import { firstDeceptive } from '#shared/kernel/deceptive.ts'
import { ID_PATTERN } from '#shared/kernel/ids.ts'
import type { Schema } from './define.ts'

export function idField<Id extends string>(): Schema<Id> {
  return z.string().check(z.regex(ID_PATTERN)) as unknown as Schema<Id> // the brand exists for the compiler alone
}

export const audienceField = z.string().check(
  z.maxLength(40),
  z.refine((text) => isAudience(text)),
) as unknown as Schema<Audience>

const BROKEN_TEXT = /[\0\p{Surrogate}]/u

/** A check for texts that are read by nobody (passwords): without NUL and half surrogate pairs, which storages cut or replace. */
export const unbroken = z.refine<string>((text) => !BROKEN_TEXT.test(text))

/** One line that people read aloud or print: trimmed, no control or invisible characters. */
export function lineField(max: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(max),
    z.refine((text) => firstDeceptive(text) === undefined),
  )
}

/** Running text with line breaks. */
export function textField(max: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(max),
    z.refine((text) => firstDeceptive(text, '\n\t') === undefined),
  )
}

/** A calendar day, `2026-11-22`. */
export const dayField = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => {
    const time = Date.parse(`${text}T00:00:00Z`)
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  }),
)

export const localeField = z.enum(['kk', 'ru', 'en'])
