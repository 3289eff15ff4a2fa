// Words that were written into a draft and could not be saved. They outlive the editor: the text may be closed for signing, and its
// screen gone, when their author comes back for them. One list for each open case; where the device may remember, until its person
// has put the words aside.
import type { Shelf } from '#client/realtime/shelves.ts'

export interface KeptWords {
  readonly list: () => readonly string[]
  readonly subscribe: (listener: () => void) => () => void
  add(words: string): void
  clear(): void
}

const lists = new WeakMap<object, KeptWords>()

type WordShelf = Pick<Shelf, 'lostWords' | 'rememberLostWords'>

export function keptWordsOf(openCase: { readonly shelf: WordShelf | undefined }): KeptWords {
  const known = lists.get(openCase)
  if (known) return known
  const made = makeKeptWords(openCase.shelf)
  lists.set(openCase, made)
  return made
}

export function makeKeptWords(shelf?: WordShelf): KeptWords {
  let words: readonly string[] = shelf?.lostWords() ?? []
  const listeners = new Set<() => void>()
  const become = (next: readonly string[]) => {
    words = next
    shelf?.rememberLostWords(words)
    for (const listener of listeners) listener()
  }
  return {
    list: () => words,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: (more) => become([...words, more]),
    clear: () => become([]),
  }
}
