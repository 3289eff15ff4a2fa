// Which text of the server this page's copy is of, and whether it still is that text when the page joins again.
import type { DraftJoined } from '#shared/drafting/draft-wire.ts'

export interface CopyOrigin {
  /** Epoch of the installation that it comes from; 0 for nothing. */
  readonly epoch: number
  /** Number of the last entry in it; 0 for nothing. */
  readonly haveRevision: number
  /** 0 for nothing. */
  readonly generation: number
}

export const NO_COPY: CopyOrigin = { epoch: 0, haveRevision: 0, generation: 0 }

/**
 * `same`: what is answered goes on from it. `another`: between the two lies a text that was frozen, or the server had to begin the
 * document anew; nothing unsent fits any more. `restored`: the server stands where it stood before, so what this page has seen since is
 * in no text any more; unsent edits may still fit.
 */
export function compareCopy(copy: CopyOrigin, answer: DraftJoined, hasUnsent: boolean): 'same' | 'another' | 'restored' {
  if (copy.haveRevision === 0 && copy.generation === 0) return 'same'
  if (answer.anew !== undefined && copy.haveRevision < answer.anew) return 'another'
  if (answer.generation !== copy.generation && hasUnsent) return 'another'
  return answer.epoch !== copy.epoch || answer.haveRevision < copy.haveRevision ? 'restored' : 'same'
}
