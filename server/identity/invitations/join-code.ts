import type { CodeFor } from '../codes/one-time-codes.ts'

/** The code for coming in by an invitation. */
export function joinCodeOf(id: string): CodeFor {
  return { purpose: 'join', subject: id }
}
