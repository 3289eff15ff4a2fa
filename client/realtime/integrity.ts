// Whether what the server says is one history, and the one that this device knows.
import type { Audience } from '#shared/kernel/audience.ts'

export interface Head {
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly hash: string
}

/** Of what is held here: what came before it is judged when it is fetched. */
export type Integrity =
  | { readonly kind: 'whole' }
  /** Two histories: what the server sends does not continue, or is not, what this device knows. */
  | { readonly kind: 'forked'; readonly audience: Audience; readonly seq: number }
  /** The server knows less than this device (a restore from backup). */
  | { readonly kind: 'behind'; readonly audience: Audience }
