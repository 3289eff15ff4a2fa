// Words that were written into a draft and could not be saved. They outlive the editor: the text may be closed for signing, and its
// screen gone, when their author comes back for them. Only in memory, one list for each open case.

export interface KeptWords {
  readonly list: () => readonly string[]
  readonly subscribe: (listener: () => void) => () => void
  add(words: string): void
  clear(): void
}

const lists = new WeakMap<object, KeptWords>()

export function keptWordsOf(openCase: object): KeptWords {
  const known = lists.get(openCase)
  if (known) return known
  const made = makeKeptWords()
  lists.set(openCase, made)
  return made
}

export function makeKeptWords(): KeptWords {
  let words: readonly string[] = []
  const listeners = new Set<() => void>()
  const become = (next: readonly string[]) => {
    words = next
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
