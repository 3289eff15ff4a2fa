// Several servers on one storage: each says every few seconds of which cases a mediator is connected to it, in one record of its own. What a
// server that died has said is good for a few seconds more.
import type { RecordStore } from '#server/storage/ports.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'

export interface OtherLines {
  /** A mediator of this case is connected to another server. */
  has(caseId: CaseId): Promise<boolean>
  /** What is so on this one. */
  tell(caseId: CaseId, here: boolean): void
  close(): Promise<void>
}

export const ALONE: OtherLines = { has: async () => false, tell: () => undefined, close: async () => undefined }

const COLLECTION = 'mediator-lines'
export const SAID_EVERY = 5_000
const GOOD_FOR = 12_000

interface Said {
  readonly cases: readonly CaseId[]
  readonly until: number
}

interface Deps {
  readonly records: Pick<RecordStore, 'insert' | 'get' | 'replace' | 'remove' | 'all'>
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly onTrouble: (cause: unknown) => void
}

export function sharedLines({ records, clock, timers, entropy, onTrouble }: Deps): OtherLines {
  const own = base64url(entropy.bytes(16, 'server'))
  const cases = new Set<CaseId>()
  let writing: Promise<unknown> = Promise.resolve()
  let cancel: (() => void) | undefined
  let closed = false

  async function write(): Promise<void> {
    const stored = await records.get<Said>(COLLECTION, own)
    if (cases.size === 0) return stored && (await records.remove(COLLECTION, own))
    const said: Said = { cases: [...cases], until: clock.now() + GOOD_FOR }
    if (stored) await records.replace(COLLECTION, own, stored.version, said)
    else await records.insert(COLLECTION, own, said)
  }

  /** One after another, and again as long as there is something to say. */
  function sayNow(): void {
    cancel?.()
    writing = writing.then(write).catch(onTrouble)
    cancel = cases.size > 0 && !closed ? timers.after(SAID_EVERY, sayNow) : undefined
  }

  return {
    async has(caseId) {
      const now = clock.now()
      const all = await records.all<Said>(COLLECTION)
      const dead = all.filter(({ id, value }) => id !== own && value.until <= now)
      // Of servers that are no more: nobody else takes their words away.
      for (const { id, version } of dead) await records.remove(COLLECTION, id, version)
      return all.some(({ id, value }) => id !== own && value.until > now && value.cases.includes(caseId))
    },
    tell(caseId, here) {
      if (here === cases.has(caseId)) return
      if (here) cases.add(caseId)
      else cases.delete(caseId)
      sayNow()
    },
    async close() {
      closed = true
      cases.clear()
      sayNow()
      await writing
    },
  }
}
