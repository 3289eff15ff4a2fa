// What is being filled in in the forms of an open case and has not been sent: rests on the device where the device may keep it, and goes
// with everything else of the case. Each form lies under a name of its own, so that two pages of a person lose nothing of each other's.
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { CaseClient } from './case-client.ts'
import { rootOf } from './case-storage.ts'
import type { Owned } from './owned.ts'

type Unsent = Readonly<Record<string, unknown>>

export interface UnsentForms extends Owned {
  readonly state: () => Unsent
  readonly subscribe: Store<Unsent>['subscribe']
  /** Whatever JSON can say; `undefined`: nothing is unsent. */
  write(name: string, value: unknown): void
}

export function createUnsentForms({ caseId, storage, store }: Pick<CaseClient, 'caseId' | 'storage' | 'store'>): UnsentForms {
  const participantId = store.snapshot().me
  let device = participantId && storage?.device
  const root = participantId ? `${rootOf({ caseId, participantId })}unsent:` : ''
  const kept = device?.keys(root).map((key) => [key.slice(root.length), read(device?.getItem(key) ?? null)] as const) ?? []
  const { state, subscribe, set } = createStore<Unsent>(Object.fromEntries(kept.filter(([, value]) => value !== undefined)))
  return {
    state,
    subscribe,
    write(name, value) {
      const { [name]: _before, ...others } = state()
      set(value === undefined ? others : { ...others, [name]: value })
      if (value === undefined) device?.removeItem(root + name)
      else device?.setItem(root + name, JSON.stringify(value))
    },
    close: () => undefined,
    wipe() {
      device = undefined
      set({})
    },
  }
}

function read(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined // unreadable leftovers are worth no failure
  }
}
