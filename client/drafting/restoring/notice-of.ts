// What everybody is told about words that were taken out of the text or came back, by the log and the clock alone: a press changes
// nothing here until its event is there.

import type { RestorationFault } from '#shared/drafting/restoring-protocol.ts'
import { UNDO_DELETION_MS } from '#shared/drafting/restoring-protocol.ts'
import { type EndedRestoration, isBegunAnewSince, type LargeDeletion, type RestoringState } from '#shared/drafting/restoring-state.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { DeletionId } from '#shared/kernel/ids.ts'

/** For how long it is said that a deletion was undone, or could not be. */
const UNDONE_SHOWN_MS = 60_000
/** Another text stands there now: long enough for somebody who was away on the telephone. */
const RESTORED_SHOWN_MS = 10 * 60_000
/** So many deletions at once; smaller ones make room. */
const SHOWN = 3

export interface DeletionNotice {
  readonly deletion: LargeDeletion
  readonly phase: /** `fault`: why it did not come back the last time. */
    | { readonly kind: 'open'; readonly secondsLeft: number; readonly fault: RestorationFault | undefined }
    | { readonly kind: 'asked'; readonly by: By }
    | { readonly kind: 'back'; readonly by: By; readonly at: number }
    /** It did not come back, and its minute is over. */
    | { readonly kind: 'over'; readonly fault: RestorationFault }
}

/** The newest first. `held`: somebody here has pressed in time and has not read the answer yet. */
export function deletionNotices(state: RestoringState, now: number, held: readonly DeletionId[] = []): readonly DeletionNotice[] {
  const { deletions, pending, last } = state
  const found = deletions.flatMap((deletion): DeletionNotice[] => {
    if (pending?.way === 'undo-deletion' && pending.deletionId === deletion.deletionId) {
      return [{ deletion, phase: { kind: 'asked', by: pending.by } }]
    }
    const ended = last?.way === 'undo-deletion' && last.deletionId === deletion.deletionId ? last : undefined
    const fresh = ended !== undefined && now - ended.endedAt < UNDONE_SHOWN_MS
    const fault = ended && faultOf(ended)
    if (ended && !fault) return fresh ? [{ deletion, phase: { kind: 'back', by: ended.by, at: ended.endedAt } }] : []
    const left = deletion.at + UNDO_DELETION_MS - now
    const canComeBack = !deletion.undoneBy && !isBegunAnewSince(state, deletion)
    if (canComeBack && (left > 0 || held.includes(deletion.deletionId))) {
      const secondsLeft = Math.ceil(Math.max(0, Math.min(left, UNDO_DELETION_MS)) / 1000) // this device's clock may be behind
      return [{ deletion, phase: { kind: 'open', secondsLeft, fault } }]
    }
    return fresh && fault ? [{ deletion, phase: { kind: 'over', fault } }] : []
  })
  const shown = new Set([...found].sort(byWeight).slice(0, SHOWN))
  return found.filter((notice) => shown.has(notice)).reverse()
}

/** Small ones, one after another, must not push out the large one that can still be undone. */
function byWeight(a: DeletionNotice, b: DeletionNotice): number {
  const isOver = ({ phase }: DeletionNotice) => Number(phase.kind === 'back' || phase.kind === 'over')
  return isOver(a) - isOver(b) || b.deletion.lines - a.deletion.lines || b.deletion.at - a.deletion.at
}

export type RestorationNotice =
  | { readonly kind: 'under-way'; readonly way: MediatorsWay; readonly by: By }
  | { readonly kind: 'done'; readonly way: MediatorsWay; readonly by: By; readonly at: number }
  | { readonly kind: 'failed'; readonly way: MediatorsWay; readonly by: By; readonly at: number; readonly fault: RestorationFault }

type MediatorsWay = 'bring-back' | 'begin-anew'

export function restorationNotice({ pending, last }: RestoringState, now: number): RestorationNotice | undefined {
  if (pending && pending.way !== 'undo-deletion') return { kind: 'under-way', way: pending.way, by: pending.by }
  if (!last || last.way === 'undo-deletion' || now - last.endedAt >= RESTORED_SHOWN_MS) return undefined
  const { way, by, endedAt: at } = last
  const fault = faultOf(last)
  return fault ? { kind: 'failed', way, by, at, fault } : { kind: 'done', way, by, at }
}

/** From when on nothing of it is shown by itself any more. */
export function toldUntil({ deletions, last }: RestoringState): number {
  const ends = deletions.map(({ at }) => at + UNDO_DELETION_MS)
  return Math.max(0, ...ends, last ? last.endedAt + (last.way === 'undo-deletion' ? UNDONE_SHOWN_MS : RESTORED_SHOWN_MS) : 0)
}

export function faultOf({ outcome }: EndedRestoration): RestorationFault | undefined {
  return 'fault' in outcome ? outcome.fault : undefined
}
