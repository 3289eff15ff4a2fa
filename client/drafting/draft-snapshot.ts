// What a screen sees of the draft at one moment.
import type * as Y from 'yjs'
import type { Problem } from '#shared/kernel/errors.ts'
import type { TextHealth } from './guard/guarded-doc.ts'
import type { DraftNews } from './notices/concurrent-words.ts'
import type { SaveState } from './save-state.ts'

export interface DraftSnapshot {
  /** Another object when the text had to be fetched anew: the editor is then made anew too. */
  readonly doc: Y.Doc
  /** Whether the editor may have it. */
  readonly health: TextHealth
  readonly joined: boolean
  readonly save: SaveState
  /** Why words of this device were kept for copying, until its person has read it. */
  readonly refusal: Problem | undefined
  /** What met in the text and its person has not put aside yet. */
  readonly news: readonly DraftNews[]
  /** Number of the last edit known here; what "ready" names. */
  readonly revision: number
  readonly generation: number
  readonly closed: boolean
  /** Closed as it lay on this device: not fetched afterwards. */
  readonly held: boolean
  /** 0 to 1 of what a draft may grow to. */
  readonly fullness: number
}
