// What happened to the text, in the room whose events tell it: closed, opened again, refused, signed. A line says no more than its own event:
// who refused is said where that person said it, to whom they said it.
import { type FoldedEvent, type ToldEvent, toldEventsFold } from '#client/realtime/told-events.ts'
import { draftReopened, freezeCancelled, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { isEvent } from '#shared/log/fold.ts'
import { valueAt } from '#shared/log/seq-map.ts'
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

export type TextEvent = ToldEvent<TextEventKind>

export const textEventsFold = toldEventsFold<TextEventKind>('client-text-events', (event, before) => {
  const kind = kindOf(event)
  // The mediator's reason stands right before it, and says it already.
  const isSaid = kind?.kind === 'opened' && valueAt(before, event.seq - 1)?.kind === 'recalled'
  return isSaid ? undefined : kind
})

function kindOf(event: FoldedEvent): TextEventKind | undefined {
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
