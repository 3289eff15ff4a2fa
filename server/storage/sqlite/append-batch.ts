// A batch of items of many numbered sequences: each gets its own answer, and what comes behind a refused one in its sequence is not stored.
import { isStorable } from '#server/storage/storable.ts'

interface Sequences<Item, Answer> {
  /** Names the sequence that it belongs to. */
  readonly keyOf: (item: Item) => string
  /** Throws UnstorableError. */
  readonly requireStorable: (item: Item) => void
  readonly appendOne: (item: Item) => Answer
}

export function appendBatch<Item, Answer extends string>(
  items: readonly Item[],
  { keyOf, requireStorable, appendOne }: Sequences<Item, Answer>,
): (Answer | 'blocked' | 'unstorable')[] {
  const broken = new Set<string>()
  return items.map((item) => {
    const key = keyOf(item)
    if (broken.has(key)) return 'blocked'
    const answer = isStorable(requireStorable, item) ? appendOne(item) : 'unstorable'
    if (answer !== 'stored') broken.add(key)
    return answer
  })
}
