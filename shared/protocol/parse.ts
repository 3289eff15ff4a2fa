// The one place where what comes from outside becomes believed: parsed whole, or refused with the faulty field.
import * as z from 'zod/mini'
import { AppError } from '#shared/kernel/errors.ts'
import type { Schema } from './define.ts'

/** Throws an AppError `invalid` that names the first faulty field, `''` for the whole. */
export function safeParse<T>(schema: Schema<T>, value: unknown): T {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [...(issue?.path ?? []), ...keys].map(String).join('.').slice(0, 200)
  throw new AppError({ kind: 'invalid', field }, { message: `invalid at "${field}": ${issue?.code ?? 'unknown'}` })
}
