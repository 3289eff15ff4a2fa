// Carries redactions out: the event is durable first, then every store that may hold the body, or what was made of it, forgets it. What a
// killed server left is recovered when its case is next read. One round at a time, with rests, because a round may cost a storage much.
import { demandAll } from '#server/kernel/demand-all.ts'
import type { BodyPlace, Commit, LogStore, Storage } from '#server/storage/ports.ts'
import type { Stopwatch, Timers } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { isEvent, type ParsedEvent, sliceOf } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { redactionFold } from '#shared/log/redaction.ts'
import { entriesOf } from '#shared/log/seq-map.ts'
import type { AudienceKeys } from './audience-keys.ts'
import type { CaseLog } from './case-log.ts'
import { withoutContent } from './commit-macs.ts'
import { macWithoutContent } from './forgotten-content.ts'
import type { Subscriber } from './subscribers.ts'

/** What every store obeys that may hold bodies of events, or copies of them. Gone for good when it resolves; doing it again is harmless. */
export interface BodyStore {
  forget(places: readonly BodyPlace[]): Promise<void>
}

type StoreName = Exclude<keyof Storage, 'probe' | 'close'>
type BodyStores = Readonly<Record<StoreName, BodyStore>>

const HOLDS_NONE: BodyStore = { forget: async () => undefined }

/** Every store of the storage answers here: one that is added does not compile until it has said what it does. */
export function bodyStoresOf({
  log,
  keys,
  projections,
  destroyContents = async () => undefined,
}: {
  readonly log: Pick<LogStore, 'destroyBodies'>
  readonly keys: Pick<AudienceKeys, 'find'>
  readonly projections: BodyStore
  /** What a body alone names, outside of the log. */
  readonly destroyContents?: (place: BodyPlace) => Promise<void>
}): BodyStores {
  return {
    // First: what was written over it is then swept out of the files together with the bodies. Where it fails, and is done later, what it
    // leaves in SQLite's write-ahead log goes with the next sweep or stop.
    projections,
    log: {
      async forget(places) {
        const bodies = places.map(async (place) => {
          const key = await keys.find(place.caseId, place.audience)
          await destroyContents(place)
          return { ...place, replacementMac: (commit: Commit) => (key ? withoutContent(key, commit) : macWithoutContent()) }
        })
        const found = await Promise.allSettled(bodies)
        // One audience whose key cannot be read keeps no other's bodies from going, nor do bytes that a body names and that cannot go yet.
        await log.destroyBodies(found.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])))
        demandAll(found)
      },
    },
    // Files of a conversation go with the bodies that name them, above. No words of one stand in any of these.
    files: HOLDS_NONE,
    drafts: HOLDS_NONE,
    keys: HOLDS_NONE,
    records: HOLDS_NONE,
    due: HOLDS_NONE,
    checkpoints: HOLDS_NONE,
    inspection: HOLDS_NONE,
  }
}

export interface Forgetting {
  readonly subscriber: Subscriber
  /** Resolves when the round under way, if there is one, has ended. */
  close(): Promise<void>
}

interface Deps {
  readonly log: Pick<CaseLog, 'loaded'>
  readonly stores: Readonly<Record<string, BodyStore>>
  readonly timers: Timers
  readonly stopwatch: Stopwatch
  readonly onTrouble: (cause: unknown) => void
}

/** A round takes one part in so many of the time at most. */
const REST = 20
const AGAIN_AFTER = 5_000

export function makeForgetting({ log, stores, timers, stopwatch, onTrouble }: Deps): Forgetting {
  /** What each store has still to forget: one that fails keeps none of the others waiting. */
  const debts = Object.values(stores).map((store) => ({ store, places: new Map<string, BodyPlace>() }))
  let round: Promise<void> | undefined
  let cancel: (() => void) | undefined
  let closed = false

  const isAnyWaiting = () => debts.some(({ places }) => places.size > 0)

  function add(places: readonly BodyPlace[]): void {
    for (const debt of debts) for (const place of places) debt.places.set(nameOf(place), place)
    if (isAnyWaiting() && !round && !cancel) begin()
  }

  function begin(): void {
    cancel = undefined
    if (closed || !isAnyWaiting()) return
    round = forgetAll().then((rest) => {
      round = undefined
      if (!closed) cancel = timers.after(rest, begin)
    })
  }

  async function forgetAll(): Promise<number> {
    const began = stopwatch.elapsed()
    let hasFailed = false
    // Taken at once: what comes meanwhile is asked of the stores in their order, too.
    const taken = debts.map((debt) => ({ debt, places: [...debt.places.values()] }))
    for (const { debt } of taken) debt.places.clear()
    for (const { debt, places } of taken) {
      if (places.length === 0) continue
      try {
        await debt.store.forget(places)
      } catch (cause) {
        hasFailed = true
        for (const place of places) debt.places.set(nameOf(place), place)
        onTrouble(cause)
      }
    }
    return hasFailed ? AGAIN_AFTER : (stopwatch.elapsed() - began) * REST
  }

  return {
    subscriber: {
      name: 'forgetting',
      committed: ({ caseId, events }) => add(events.flatMap((event) => placeIn(caseId, event) ?? [])),
      loaded(caseId) {
        for (const state of log.loaded(caseId).audiences.values()) {
          const { audience } = state
          add([...entriesOf(sliceOf(state, redactionFold))].map(([seq, { epoch }]) => ({ caseId, audience, epoch, seq })))
        }
      },
    },
    async close() {
      closed = true
      cancel?.()
      await round
    },
  }
}

function nameOf({ caseId, audience, epoch, seq }: BodyPlace): string {
  return `${caseId} ${audience} ${epoch} ${seq}`
}

function placeIn(caseId: CaseId, event: ParsedEvent): BodyPlace | undefined {
  return isEvent(event, bodyRedacted) ? { caseId, audience: event.audience, ...event.body } : undefined
}
