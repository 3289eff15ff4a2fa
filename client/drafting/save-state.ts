// What the sync status above the draft says. "Saved" is said only after the server has said it.
import type { Problem } from '#shared/kernel/errors.ts'

export type SaveState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  /** No connection; what was written waits on this device. */
  | { readonly kind: 'offline'; readonly unsent: number }
  /** The server did not take it; it is tried again, or kept for copying. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly unsent: number }
  /** The text is for reading only on this device: it cannot be shown whole. */
  | { readonly kind: 'aside' }
  /** Closed for signing; nothing can be written. */
  | { readonly kind: 'closed'; readonly unsent: number }

interface SaveFacts {
  readonly joined: boolean
  readonly live: boolean
  readonly closed: boolean
  readonly aside: boolean
  readonly unsent: number
  readonly problem: Problem | undefined
  readonly savedAt: number
}

export function saveState({ joined, live, closed, aside, unsent, problem, savedAt }: SaveFacts): SaveState {
  if (!joined && savedAt === 0) return { kind: 'loading' }
  if (aside) return { kind: 'aside' }
  if (!live) return { kind: 'offline', unsent }
  if (closed) return { kind: 'closed', unsent }
  if (problem) return { kind: 'refused', problem, unsent }
  if (!joined || unsent > 0) return { kind: 'saving' }
  return { kind: 'saved', at: savedAt }
}
