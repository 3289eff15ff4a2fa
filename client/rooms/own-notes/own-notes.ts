// What a person notes for themselves in an open case. It goes to nobody; it rests on the device where the device may keep it, and goes with
// everything else of the case.
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'

export interface OwnNotes extends Owned {
  readonly state: () => string
  readonly subscribe: Store<string>['subscribe']
  write(text: string): void
}

export function createOwnNotes(openCase: Pick<CaseClient, 'storage'>): OwnNotes {
  let { storage } = openCase
  const { state, subscribe, set } = createStore(storage?.notes() ?? '')
  return {
    state,
    subscribe,
    write(text) {
      storage?.rememberNotes(text)
      set(text)
    },
    close: () => undefined,
    wipe() {
      storage = undefined
      set('')
    },
  }
}
