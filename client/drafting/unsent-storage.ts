// Edits that the server does not have yet, kept on this device beside the case's other leftovers: the same prefix, so that leaving
// the case wipes them too. Each edit is a record of its own, written as soon as it is made, so that keeping one costs the same however many
// wait; each page life has its own, because its edits are under its own Yjs id.
import type { DeviceStorage, Keeping } from '#client/realtime/device-storage.ts'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import { cutEdit } from './cut-edit.ts'
import { joinedEdits } from './pending-edits.ts'
import { placeOfUnsent, type WhoseEdits } from './unsent-place.ts'

export interface UnsentEdits {
  /** The page life that wrote them. */
  readonly clientId: number
  readonly generation: number
  /** In their order, each as large as one frame carries at most. */
  readonly updates: readonly Uint8Array[]
}

export interface UnsentStorage {
  load(): readonly UnsentEdits[]
  keep(edit: { readonly clientId: number; readonly generation: number; readonly update: Uint8Array }): void
  /** The first so many of a page life; all of them. */
  drop(clientId: number, count?: number): void
  keeping(): Keeping
  subscribe(listener: () => void): () => void
}

interface Kept {
  readonly generation: number
  readonly update: string
}
/** As earlier releases kept it: all of a page life together. */
interface KeptTogether {
  readonly generation: number
  readonly updates: readonly string[]
}

interface Place {
  readonly key: string
  readonly clientId: number
  readonly number: number
}

export function unsentStorage(device: DeviceStorage, whose: WhoseEdits): UnsentStorage {
  const prefix = placeOfUnsent(whose)
  let made = 0

  function places(of = ''): readonly Place[] {
    return device
      .keys(prefix + of)
      .map((key) => {
        const [clientId, number = -1] = key.slice(prefix.length).split(':').map(Number)
        return { key, clientId: clientId ?? -1, number }
      })
      .sort((a, b) => a.number - b.number)
  }

  return {
    load() {
      const found = new Map<number, { generation: number; edits: Uint8Array[] }>()
      for (const { key, clientId } of places()) {
        try {
          const kept = JSON.parse(device.getItem(key) ?? '') as Kept | KeptTogether // written by this file alone
          const edits = found.get(clientId)?.edits ?? []
          edits.push(...('updates' in kept ? kept.updates : [kept.update]).map(fromBase64))
          found.set(clientId, { generation: kept.generation, edits })
        } catch {
          // unreadable leftovers are worth no failure
        }
      }
      return [...found].map(([clientId, { generation, edits }]) => ({
        clientId,
        generation,
        updates: joinedEdits(edits.flatMap((edit) => cutEdit(edit))),
      }))
    },
    keep({ clientId, generation, update }) {
      device.setItem(`${prefix}${clientId}:${made++}`, JSON.stringify({ generation, update: base64(update) } satisfies Kept))
    },
    drop(clientId, count) {
      const mine = places(`${clientId}`).filter((place) => place.clientId === clientId)
      for (const { key } of mine.slice(0, count)) device.removeItem(key)
    },
    keeping: device.keeping,
    subscribe: device.subscribe,
  }
}
