// What this device does about words that edits met around: words of its own that went with a moved block are brought after it, those of
// a deleted one are kept for copying, and whoever divided or typed into a clause at the same time is told where the words stand.
import * as Y from 'yjs'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import {
  type LeftWords,
  type LostWords,
  leftBehind,
  lostWords,
  movedTo,
  namedDeletions,
  type Split,
  splitsIn,
  typedIntoTail,
} from '#shared/document/concurrent-edits.ts'
import { wordsOf } from '#shared/document/document-block.ts'
import { blockElements, readBlock, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import type { Clock } from '#shared/kernel/clock.ts'

/** Where something stands, in words: a clause's number, or how the block begins. */
export interface Place {
  readonly number: readonly number[] | undefined
  readonly beginning: string
}

export type DraftNews =
  /** Words of one's own came back from a block that was deleted; they are kept for copying. */
  | { readonly kind: 'came-back'; readonly place: Place }
  /** Somebody divided the block while this person typed there. */
  | { readonly kind: 'stayed'; readonly words: string; readonly place: Place }
  /** This person divided the block while somebody typed there. */
  | { readonly kind: 'others-stayed'; readonly words: string; readonly place: Place }

/** How the block began out of which words came back last. */
export function deletedPlace(news: readonly DraftNews[]): string | undefined {
  return news.findLast(({ kind }) => kind === 'came-back')?.place.beginning
}

/** What the text was fed with: edits of others one by one, or a whole in which every deletion is named. */
export type Fed = { readonly updates: readonly Uint8Array[] } | 'snapshot'

interface ConcurrentWordsDeps {
  readonly clock: Clock
  readonly clientId: () => number
  /** The first of this page's letters that the server was not known to have; undefined when it has all. */
  readonly unsentFrom: () => number | undefined
  /** Whether this device may write into the text now. */
  readonly mayWrite: () => boolean
  /** An edit of this device: words brought after their block. */
  readonly write: (edit: () => void) => void
  readonly keepForCopying: (words: string) => void
  readonly tell: (news: DraftNews) => void
}

/** So long may an edit of somebody who knew nothing of one's own be on its way. */
const ON_ITS_WAY = 4_000
const SPLITS_REMEMBERED = 20

export class ConcurrentWords {
  readonly #deps: ConcurrentWordsDeps
  #splits: { readonly split: Split; readonly at: number }[] = []
  #lost: readonly LostWords[] = []
  #left: readonly LeftWords[] = []
  #othersLeft: readonly LeftWords[] = []

  constructor(deps: ConcurrentWordsDeps) {
    this.#deps = deps
  }

  /** A change made on this device. */
  own(transaction: Y.Transaction): void {
    const at = this.#deps.clock.now()
    const made = splitsIn(transaction).map((split) => ({ split, at }))
    if (made.length > 0) this.#splits = [...this.#splits, ...made].slice(-SPLITS_REMEMBERED)
  }

  /** What others wrote is in; looked at before Yjs frees what it deleted. */
  taken(transaction: Y.Transaction, fed: Fed): void {
    const { clock, unsentFrom } = this.#deps
    const mine = this.#deps.clientId()
    const isOwn = (client: number) => client === mine
    const unsent = unsentFrom()
    const isUnsent = (client: number, at: number) => client === mine && unsent !== undefined && at >= unsent
    this.#lost = fed === 'snapshot' ? lostWords(transaction, isUnsent) : lostWords(transaction, isOwn, namedDeletions(fed.updates))
    this.#left = leftBehind(transaction, isOwn)
    this.#othersLeft = this.#splits.flatMap(({ split, at }) =>
      typedIntoTail(transaction, split, isOwn, unsent !== undefined || clock.now() - at < ON_ITS_WAY),
    )
  }

  /** Acts on what `taken` has found, once the transaction is over. */
  act(): void {
    const [lost, left, othersLeft] = [this.#lost, this.#left, this.#othersLeft]
    this.forget()
    for (const words of lost) {
      const target = this.#deps.mayWrite() ? movedTo(words) : undefined
      if (target) this.#bring(words, target)
      else if (words.text.trim() !== '') {
        this.#deps.keepForCopying(words.text.trim())
        this.#deps.tell({ kind: 'came-back', place: { number: undefined, beginning: words.beginning } })
      }
    }
    for (const { block, text } of left) if (text.trim() !== '') this.#deps.tell({ kind: 'stayed', words: text, place: placeOf(block) })
    for (const { block, text } of othersLeft) {
      if (text.trim() !== '') this.#deps.tell({ kind: 'others-stayed', words: text, place: placeOf(block) })
    }
  }

  /** Of a copy that was dropped. */
  forget(all = false): void {
    this.#lost = this.#left = this.#othersLeft = []
    if (all) this.#splits = []
  }

  #bring({ text, offset }: LostWords, target: Y.XmlElement): void {
    this.#deps.write(() => {
      const letters = textOf(target) ?? new Y.XmlText()
      if (!letters.parent) target.insert(0, [letters])
      letters.insert(Math.min(offset, letters.length), text)
    })
  }
}

function placeOf(block: Y.XmlElement): Place {
  const list = block._item?.parent
  const beginning = wordsOf(readBlock(block)).slice(0, 40)
  if (!(list instanceof Y.XmlFragment)) return { number: undefined, beginning }
  const index = blockElements(list).indexOf(block)
  let before = -1
  const line = arrangeBlocks(readBlocks(list)).find(({ blocks }) => {
    before += blocks.length
    return before >= index
  })
  return { number: line?.number, beginning }
}
