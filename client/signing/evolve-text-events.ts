import { type FoldedEvent, toldEventsFold } from '#client/realtime/told-events.ts'
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
import { type TextEventKind, textEventsFold } from './text-events.ts'

export const { evolve: evolveTextEvents } = toldEventsFold<TextEventKind>(textEventsFold.name, (event, before) => {
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
