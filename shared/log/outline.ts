// What a device needs of an audience besides the last page of its conversation: every event from which more follows than the conversation.
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { AudienceState, Fold, ParsedEvent } from './fold.ts'
import { emptySeqMap, type SeqMap, withValue } from './seq-map.ts'

/** Of one audience, by the numbers of its events. */
export type Outline = SeqMap<true>

export const EMPTY_OUTLINE: Outline = emptySeqMap()

export interface Folds {
  readonly folds: readonly Fold[]
  readonly definitions: ReadonlyMap<string, EventDefinition>
}

/** `before` and `after` the event. Of a paged event too, where it moves another fold: a grant that ran out is noticed at the next event. */
export function withOutline(
  outline: Outline,
  event: ParsedEvent,
  { before, after }: { readonly before: AudienceState; readonly after: AudienceState },
  { folds, definitions }: Folds,
): Outline {
  const moved = () => after.slices !== before.slices && folds.some(({ name, join }) => !join && after.slices[name] !== before.slices[name])
  return definitions.get(event.type)?.paged && !moved() ? outline : withValue(outline, event.seq, true)
}
