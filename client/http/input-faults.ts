// What is wrong with a form before it is sent, by the very schema that the server will use: each faulty field with a plain sort of fault.
import * as z from 'zod/mini'
import type { Problem } from '#shared/kernel/errors.ts'
import type { Schema } from '#shared/protocol/define.ts'
import { textProblemOf } from '#shared/protocol/parse.ts'
import type { TextProblem } from '#shared/protocol/text-reasons.ts'

export type Fault = 'missing' | 'too-long' | 'too-short' | 'format' | TextProblem
/** By path, as in a Problem's `field`: `sides.0.people.1.name`. */
export type Faults = ReadonlyMap<string, Fault>

export const NO_FAULTS: Faults = new Map()

export function inputFaults(schema: Schema, input: unknown): Faults {
  const parsed = z.safeParse(schema, input)
  if (parsed.success) return NO_FAULTS
  const faults = new Map<string, Fault>()
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String).join('.')
    if (!faults.has(path)) faults.set(path, faultOf(issue, valueAt(input, issue.path)))
  }
  return faults
}

/** A refusal that names a field becomes that field's fault. */
export function refusedField({ field, reason, details }: Pick<Problem, 'field' | 'reason' | 'details'>): Faults {
  if (!field) return NO_FAULTS
  return new Map([[field, reason?.startsWith('text/') && details ? { reason, details } : 'format']])
}

function faultOf(issue: z.core.$ZodIssue, value: unknown): Fault {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return 'missing'
  if (issue.code === 'too_big') return 'too-long'
  return issue.code === 'too_small' ? 'too-short' : (textProblemOf(issue) ?? 'format')
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), input)
}
