import { AppError } from '#shared/kernel/errors.ts'
import type { CodeAnswer } from './one-time-codes.ts'

/** `field`: where the code was typed. */
export function codeRefusal(answer: Extract<CodeAnswer, { ok: false }>, field: string): AppError {
  const left = answer.reason === 'identity/wrong-code' ? { details: { left: answer.left } } : {}
  return new AppError({ kind: 'forbidden', reason: answer.reason, field, ...left })
}
