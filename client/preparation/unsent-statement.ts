// What is being written of an opening statement and has not been sent: rests on the device where the device may keep it, and goes with
// everything else of the case.
import type { CaseClient } from '#client/realtime/case-client.ts'
import { rootOf } from '#client/realtime/case-storage.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { StatementPart } from '#shared/preparation/statement-protocol.ts'

type Unsent = Readonly<Partial<Record<StatementPart, string>>>

export interface UnsentStatement extends Owned {
  readonly state: () => Unsent
  readonly subscribe: Store<Unsent>['subscribe']
  /** `undefined`: nothing is unsent. */
  write(part: StatementPart, text: string | undefined): void
}

export function createUnsentStatement({ caseId, storage, store }: Pick<CaseClient, 'caseId' | 'storage' | 'store'>): UnsentStatement {
  const participantId = store.snapshot().me
  let device = participantId && storage?.device
  const key = participantId ? `${rootOf({ caseId, participantId })}statement` : ''
  const { state, subscribe, set } = createStore<Unsent>(read(device ? device.getItem(key) : null))
  return {
    state,
    subscribe,
    write(part, text) {
      const { [part]: _before, ...others } = state()
      const next: Unsent = text === undefined ? others : { ...others, [part]: text }
      set(next)
      if (!device) return
      if (Object.keys(next).length === 0) device.removeItem(key)
      else device.setItem(key, JSON.stringify(next))
    },
    close: () => undefined,
    wipe() {
      device = undefined
      set({})
    },
  }
}

function read(text: string | null): Unsent {
  try {
    return text === null ? {} : (JSON.parse(text) as Unsent) // written by this file alone
  } catch {
    return {} // unreadable leftovers are worth no failure
  }
}
