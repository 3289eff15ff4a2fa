// Words that were written into a draft and could not be saved. They outlive the editor: the text may be closed for signing, and its
// screen gone, when their author comes back for them. One list for each document of an open case; where the device may remember, until its person
// has put the words aside.

import type { CaseStorage } from '#client/realtime/device-storage.ts'
import type { DocumentKind } from '#shared/document/case-documents.ts'

export interface KeptWords {
  readonly list: () => readonly string[]
  readonly subscribe: (listener: () => void) => () => void
  add(words: string): void
  clear(): void
}

const lists = new WeakMap<object, Map<string, KeptWords>>()

type WordStorage = Pick<CaseStorage, 'lostWords' | 'rememberLostWords'>

/** Only what everybody writes together is remembered where the device may: a note stays with its page. */
export function keptWordsOf(openCase: { readonly storage: WordStorage | undefined }, kind: DocumentKind = 'settlement'): KeptWords {
  const known = lists.get(openCase) ?? new Map<string, KeptWords>()
  lists.set(openCase, known)
  const made = known.get(kind) ?? makeKeptWords(kind === 'settlement' ? openCase.storage : undefined)
  known.set(kind, made)
  return made
}

export function makeKeptWords(storage?: WordStorage): KeptWords {
  let words: readonly string[] = storage?.lostWords() ?? []
  const listeners = new Set<() => void>()
  const become = (next: readonly string[]) => {
    words = next
    storage?.rememberLostWords(words)
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
