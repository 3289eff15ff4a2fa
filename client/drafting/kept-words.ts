// Words that were written into a draft and could not be saved. They outlive the editor: the text may be closed for signing, and its
// screen gone, when their author comes back for them. One list for each document of an open case; where the device may remember, until its person
// has put the words aside.

import type { CaseClient } from '#client/realtime/case-client.ts'
import type { CaseStorage } from '#client/realtime/case-storage.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import type { DocumentKind } from '#shared/document/case-documents.ts'

export interface KeptWords {
  readonly list: () => readonly string[]
  readonly subscribe: (listener: () => void) => () => void
  add(words: string): void
  clear(): void
  /** Nothing of it stays, and what comes later is not remembered. */
  wipe(): void
}

type WordStorage = Pick<CaseStorage, 'lostWords' | 'rememberLostWords'>

interface KeptLists extends Owned {
  of(kind: DocumentKind): KeptWords
}

export function keptWordsOf(openCase: Pick<CaseClient, 'owned'>, kind: DocumentKind = 'settlement'): KeptWords {
  return openCase.owned(keptLists).of(kind)
}

function keptLists({ storage }: CaseClient): KeptLists {
  const lists = new Map<DocumentKind, KeptWords>()
  return {
    of(kind) {
      // Only what everybody writes together is remembered where the device may: a note stays with its page.
      const words = lists.get(kind) ?? makeKeptWords(kind === 'settlement' ? storage : undefined)
      lists.set(kind, words)
      return words
    },
    close: () => undefined,
    wipe() {
      for (const words of lists.values()) words.wipe()
    },
  }
}

export function makeKeptWords(remembered?: WordStorage): KeptWords {
  let storage = remembered
  const { state, subscribe, set } = createStore<readonly string[]>(storage?.lostWords() ?? [])
  const become = (next: readonly string[]) => {
    storage?.rememberLostWords(next)
    set(next)
  }
  return {
    list: state,
    subscribe,
    add: (more) => become([...state(), more]),
    clear: () => become([]),
    wipe() {
      storage = undefined
      become([])
    },
  }
}
