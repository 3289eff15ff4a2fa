// Records that end at a time: refused from then on by whoever reads them, and removed by a due step some time later.
import type { RecordStore } from '#server/storage/ports.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { DueKind, DueTimes } from './due.ts'

/** Whoever comes late is still told what has ended, and a server that was started with its clock ahead has time to be set right. */
export const KEPT_ENDED_MS = 30 * 86_400_000

interface Expiry<Value> {
  readonly dueKind: DueKind
  /** To be called before the record is written. Needs no repeating when its end is put off. */
  schedule(id: string, value: Value): Promise<void>
}

interface Expiring<Value> {
  readonly kind: string
  readonly collection: string
  /** Milliseconds since 1970, by the steady clock; undefined for what does not end by itself. */
  readonly endOf: (value: Value) => number | undefined
  /** How long it stays after its end. */
  readonly keptMs?: number
}

export interface ExpiryDeps {
  readonly records: Pick<RecordStore, 'get' | 'remove'>
  readonly due: DueTimes
  readonly clock: Clock
}

export function makeExpiry<Value>(
  { records, due, clock }: ExpiryDeps,
  { kind, collection, endOf, keptMs = KEPT_ENDED_MS }: Expiring<Value>,
): Expiry<Value> {
  return {
    dueKind: {
      kind,
      async run(id) {
        const stored = await records.get<Value>(collection, id)
        const end = stored && endOf(stored.value)
        if (!stored || end === undefined) return undefined
        if (end + keptMs > clock.now()) return end + keptMs
        // At the version that was looked at: what has just taken its place has a step of its own.
        await records.remove(collection, id, stored.version)
        return undefined
      },
    },
    async schedule(id, value) {
      const end = endOf(value)
      if (end !== undefined) await due.schedule(kind, id, end + keptMs)
    },
  }
}
