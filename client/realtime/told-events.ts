// What the lines of a talk tell besides words: of each event the kind of line, by its place. Only devices fold it.
import type { By } from '#shared/kernel/actor.ts'
import type { Fold } from '#shared/log/fold.ts'
import { emptySeqMap, type SeqMap, withValue } from '#shared/log/seq-map.ts'

/** Of one kind, with where and when it happened, and by whom. */
export type ToldEvent<Kind> = Kind & { readonly seq: number; readonly at: number; readonly by: By }
export type ToldEvents<Kind> = SeqMap<ToldEvent<Kind>>

export type FoldedEvent = Parameters<Fold['evolve']>[1]

/** `kindOf`: undefined for an event that no line tells of, or that a line `before` it tells already. */
export function toldEventsFold<Kind>(
  name: string,
  kindOf: (event: FoldedEvent, before: ToldEvents<Kind>) => Kind | undefined,
): Fold<ToldEvents<Kind>> {
  return {
    name,
    initial: emptySeqMap(),
    evolve(before, event) {
      const kind = kindOf(event, before)
      if (!kind) return before
      const { seq, at, by } = event
      return withValue(before, seq, { ...kind, seq, at, by })
    },
  }
}
