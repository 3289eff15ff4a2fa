// The one place where what comes from outside becomes believed: parsed whole, or refused with the faulty field.
import * as z from 'zod/mini'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import type { Schema } from './define.ts'
import type { TextProblem } from './text-reasons.ts'

/** Throws an AppError `invalid` that names the first faulty field, `''` for the whole, and the reason where the field gives one. */
export function safeParse<T>(schema: Schema<T>, value: unknown): T {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  const problem = refusalOf(parsed.error)
  throw new AppError(problem, { message: `invalid at "${problem.field}": ${problem.reason ?? parsed.error.issues[0]?.code ?? 'unknown'}` })
}

/** The refusal that the server would give, before anything is sent. */
export function refusalFor(schema: Schema, value: unknown): Problem | undefined {
  const parsed = z.safeParse(schema, value)
  return parsed.success ? undefined : refusalOf(parsed.error)
}

/** What a schema's refusal is to the asker. */
export function refusalOf({ issues }: Pick<z.core.$ZodError, 'issues'>): Problem & { readonly field: string } {
  const issue = issues[0]
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [...(issue?.path ?? []), ...keys].map(String).join('.').slice(0, 200)
  return { kind: 'invalid', field, ...(issue && textProblemOf(issue)) }
}

/** The reason that a text field gave, also from inside of a choice ("empty, or a telephone"). */
export function textProblemOf(issue: z.core.$ZodIssue): TextProblem | undefined {
  if (issue.code === 'invalid_union')
    return issue.errors.flat().reduce<TextProblem | undefined>((found, inner) => found ?? textProblemOf(inner), undefined)
  if (issue.code !== 'custom' || typeof issue.params?.reason !== 'string') return undefined
  const { reason, details } = issue.params
  return { reason, details } as TextProblem // written by fields.ts alone
}
