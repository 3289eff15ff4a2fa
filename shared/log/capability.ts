// What a capability adds to what may be done, to what can happen and to what is read of it.
import type { Act } from '#shared/kernel/act.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { Fold } from './fold.ts'

/** Events, and what is folded of them. */
export interface Kinds {
  readonly events: readonly EventDefinition[]
  readonly folds: readonly Fold[]
}

export interface Capability {
  readonly name: string
  /** What may be done or not in it; who may is said with each. */
  readonly acts: readonly Act[]
  /** That device and server read alike. */
  readonly events: readonly EventDefinition[]
  /** What decisions and screens need. */
  readonly folds: readonly Fold[]
  /** Only as a device reads them: of what it may know less than the server does. */
  readonly deviceEvents: readonly EventDefinition[]
  /** What screens need besides. */
  readonly deviceFolds: readonly Fold[]
}

// biome-ignore lint/suspicious/noExplicitAny: each fold has a state of its own, which nobody reads but by the fold itself
type AnyFold = Fold<any>

interface Definition extends Partial<Pick<Capability, 'acts' | 'events' | 'deviceEvents'>> {
  readonly name: string
  readonly folds?: readonly AnyFold[]
  readonly deviceFolds?: readonly AnyFold[]
}

export function defineCapability({
  name,
  acts = [],
  events = [],
  folds = [],
  deviceEvents = [],
  deviceFolds = [],
}: Definition): Capability {
  return { name, acts, events, folds, deviceEvents, deviceFolds }
}

/** As a device reads them. */
export function deviceKinds(capabilities: readonly Capability[]): Kinds {
  return {
    events: capabilities.flatMap(({ events, deviceEvents }) => [...events, ...deviceEvents]),
    folds: capabilities.flatMap(({ folds, deviceFolds }) => [...folds, ...deviceFolds]),
  }
}
