// The kinds of events that a device fetches with the first of them: those of the catalogue, and what screens alone fold.
import { evolveTextEvents } from '#client/signing/evolve-text-events.ts'
import { textEventsFold } from '#client/signing/text-events.ts'
import { LATER_KINDS } from '#shared/later-catalogue.ts'
import type { Kinds } from '#shared/log/capability.ts'
import type { Fold } from '#shared/log/fold.ts'

export const LATER: Kinds = {
  events: LATER_KINDS.events,
  folds: [...LATER_KINDS.folds, { ...textEventsFold, evolve: evolveTextEvents } as Fold], // a list of folds of many states
}
