// What the sync status above the draft says. "Saved" is said only after the server has said it.
import type { Problem } from '#shared/kernel/errors.ts'

/** What the server does not have yet, and whether it outlives this page. `being-kept`: the device has not said so yet. */
export type Unsent = 'nothing' | 'on-device' | 'being-kept' | 'on-page'

/** Of two lots the one that is worse off. */
export function worseOf(one: Unsent, other: Unsent): Unsent {
  const order: readonly Unsent[] = ['nothing', 'on-device', 'being-kept', 'on-page']
  return order.indexOf(one) > order.indexOf(other) ? one : other
}

export type SaveState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline'; readonly unsent: Unsent }
  /** The server did not take it; it is tried again, or kept for copying. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** The text is for reading only on this device: it cannot be shown whole. */
  | { readonly kind: 'aside' }
  /** Closed for signing; nothing can be written. */
  | { readonly kind: 'closed'; readonly unsent: Unsent }

interface SaveFacts {
  readonly joined: boolean
  readonly live: boolean
  readonly closed: boolean
  readonly aside: boolean
  readonly unsent: Unsent
  readonly problem: Problem | undefined
  readonly savedAt: number
}

export function saveState({ joined, live, closed, aside, unsent, problem, savedAt }: SaveFacts): SaveState {
  if (!joined && savedAt === 0) return { kind: 'loading' }
  if (aside) return { kind: 'aside' }
  if (!live) return { kind: 'offline', unsent }
  if (closed) return { kind: 'closed', unsent }
  if (problem) return { kind: 'refused', problem }
  if (!joined || unsent !== 'nothing') return { kind: 'saving' }
  return { kind: 'saved', at: savedAt }
}
