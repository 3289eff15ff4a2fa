// Which kinds of events this device can read and fold. It begins with what nearly every case has; the rest is fetched before the first event of it
// is taken in. What is fetched later has seen none of the events before: its folds must make nothing of those (a test of the catalogue).
import { AppError } from '#shared/kernel/errors.ts'
import type { Kinds } from '#shared/log/capability.ts'
import type { Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

export interface KnownKinds {
  /** These lists grow. */
  readonly folds: readonly Fold[]
  readonly definitions: ReadonlyMap<string, EventDefinition>
  /** Fetches what these events need. Undefined: they can be taken in as they are. Rejects where it cannot be had now. */
  ready(events: readonly WireEvent[]): Promise<void> | undefined
}

export function knownKinds(first: Kinds, fetchLater?: () => Promise<Kinds>): KnownKinds {
  const folds: Fold[] = []
  const definitions = new Map<string, EventDefinition>()
  let missing = fetchLater
  let coming: Promise<void> | undefined

  function learn(kinds: Kinds) {
    folds.push(...kinds.folds)
    for (const definition of kinds.events) definitions.set(definition.name, definition)
  }

  async function fetchNow(fetch: () => Promise<Kinds>) {
    try {
      learn(await fetch())
      missing = undefined
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      missing = undefined // a newer client is served: these kinds are its own, as any that this one does not know
    } finally {
      coming = undefined
    }
  }

  learn(first)
  return {
    folds,
    definitions,
    ready(events) {
      if (!missing || events.every(({ type }) => definitions.has(type))) return undefined
      coming ??= fetchNow(missing)
      return coming
    },
  }
}
