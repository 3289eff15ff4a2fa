// What happened to the text, in the room whose events tell it: closed, opened again, refused, signed. Only devices fold it. A line says no
// more than its own event: who refused is said where that person said it, to whom they said it.
import { draftReopened, freezeCancelled, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import type { By } from '#shared/kernel/actor.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { emptySeqMap, type SeqMap, valueAt, withValue } from '#shared/log/seq-map.ts'
import {
  agreementReleased,
  paperRecorded,
  signatureGiven,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
} from '#shared/signing/signing-protocol.ts'

type TextEventKind =
  | { readonly kind: 'closed'; readonly code: string }
  | { readonly kind: 'not-closed' | 'opened' | 'signed' | 'withdrawn' | 'released' | 'paper' }
  | { readonly kind: 'recalled'; readonly reason: string }
  | { readonly kind: 'declined'; readonly reason: string | undefined }

export type TextEvent = TextEventKind & { readonly seq: number; readonly at: number; readonly by: By }

interface TextEventsState {
  readonly textEvents: SeqMap<TextEvent>
}

export const textEventsFold: Fold<TextEventsState> = {
  name: 'client-text-events',
  initial: { textEvents: emptySeqMap() },
  evolve(state, event) {
    const kind = kindOf(event)
    const { seq, at, by } = event
    // The mediator's reason stands right before it, and says it already.
    const isSaid = kind?.kind === 'opened' && valueAt(state.textEvents, seq - 1)?.kind === 'recalled'
    if (!kind || isSaid) return state
    return { textEvents: withValue(state.textEvents, seq, { ...kind, seq, at, by }) }
  },
}

function kindOf(event: Parameters<Fold['evolve']>[1]): TextEventKind | undefined {
  if (isEvent(event, versionFrozen)) return { kind: 'closed', code: event.body.textCode }
  if (isEvent(event, freezeCancelled)) return { kind: 'not-closed' }
  if (isEvent(event, draftReopened)) return { kind: 'opened' }
  if (isEvent(event, versionRecalled)) return { kind: 'recalled', reason: event.body.reason }
  if (isEvent(event, versionDeclined)) return { kind: 'declined', reason: event.body.reason }
  if (isEvent(event, signatureGiven)) return { kind: 'signed' }
  if (isEvent(event, signatureWithdrawn)) return { kind: 'withdrawn' }
  if (isEvent(event, agreementReleased)) return { kind: 'released' }
  if (isEvent(event, paperRecorded)) return { kind: 'paper' }
  return undefined
}
