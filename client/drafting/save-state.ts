// What the strip above the draft says. "Saved" is said only after the server has said it.
import type { Problem } from '#shared/kernel/errors.ts'

export type SaveState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  /** No line; what was written waits on this device. */
  | { readonly kind: 'offline'; readonly unsent: number }
  /** The server did not take it; it is tried again, or kept for copying. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly unsent: number }
  /** Closed for signing; nothing can be written. */
  | { readonly kind: 'closed'; readonly unsent: number }

export interface SaveFacts {
  readonly joined: boolean
  readonly live: boolean
  readonly closed: boolean
  readonly unsent: number
  readonly problem: Problem | undefined
  readonly savedAt: number
}

export function saveState({ joined, live, closed, unsent, problem, savedAt }: SaveFacts): SaveState {
  if (!joined && savedAt === 0) return { kind: 'loading' }
  if (!live) return { kind: 'offline', unsent }
  if (closed) return { kind: 'closed', unsent }
  if (problem) return { kind: 'refused', problem, unsent }
  if (!joined || unsent > 0) return { kind: 'saving' }
  return { kind: 'saved', at: savedAt }
}
