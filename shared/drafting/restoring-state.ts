import type { By } from '#shared/kernel/actor.ts'
import type { DeletionId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import {
  largeDeletion,
  type Restoration,
  type RestorationFault,
  restorationFailed,
  restorationRequested,
  textRestored,
} from './restoring-protocol.ts'

export interface LargeDeletion {
  readonly deletionId: DeletionId
  readonly participantId: ParticipantId
  readonly revision: number
  readonly lines: number
  readonly at: number
  /** Who was the first to ask for its words back. */
  readonly undoneBy: By | undefined
}

export type AskedRestoration = Restoration & { readonly by: By; readonly at: number }
export type EndedRestoration = AskedRestoration & {
  readonly endedAt: number
  readonly outcome: { readonly revision: number } | { readonly fault: RestorationFault }
}

/** Folded from the audience `all` alone. */
export interface RestoringState {
  /** The one that the server has still to carry out. */
  readonly pending: AskedRestoration | undefined
  readonly last: EndedRestoration | undefined
  /** The newest of those that succeeded, in their order: lines of the talk of all. */
  readonly restored: readonly EndedRestoration[]
  /** The newest last; older ones can be undone no more. */
  readonly deletions: readonly LargeDeletion[]
}

const DELETIONS_KEPT = 16
const RESTORED_KEPT = 64

export const restoringFold: Fold<RestoringState> = {
  name: 'draft-restoring',
  initial: { pending: undefined, last: undefined, restored: [], deletions: [] },
  evolve(state, event) {
    if (event.audience !== 'all') return state
    const { at, by } = event
    if (isEvent(event, largeDeletion)) {
      const deletions = [...state.deletions, { ...event.body, at, undoneBy: undefined }].slice(-DELETIONS_KEPT)
      return { ...state, deletions }
    }
    if (isEvent(event, restorationRequested)) {
      const { body } = event
      const deletions = state.deletions.map((each) =>
        body.way === 'undo-deletion' && each.deletionId === body.deletionId ? { ...each, undoneBy: by } : each,
      )
      return { ...state, deletions, pending: { ...body, by, at } }
    }
    if (isEvent(event, textRestored)) return ended(state, at, event.body.restorationId, { revision: event.body.revision })
    if (isEvent(event, restorationFailed)) return ended(state, at, event.body.restorationId, { fault: event.body.fault })
    return state
  },
}

function ended(
  state: RestoringState,
  endedAt: number,
  restorationId: Restoration['restorationId'],
  outcome: EndedRestoration['outcome'],
): RestoringState {
  const { pending } = state
  if (pending?.restorationId !== restorationId) return state
  // What did not come back can be asked for again while its minute lasts.
  const deletions =
    'fault' in outcome && pending.way === 'undo-deletion'
      ? state.deletions.map((each) => (each.deletionId === pending.deletionId ? { ...each, undoneBy: undefined } : each))
      : state.deletions
  const last = { ...pending, endedAt, outcome }
  return {
    deletions,
    pending: undefined,
    last,
    restored: 'fault' in outcome ? state.restored : [...state.restored, last].slice(-RESTORED_KEPT),
  }
}

/** The words of this deletion belong to a text that nobody writes in any more: they cannot be put back where they were. */
export function isBegunAnewSince({ restored }: RestoringState, deletion: LargeDeletion): boolean {
  return restored.some(({ way, outcome }) => way === 'begin-anew' && 'revision' in outcome && outcome.revision > deletion.revision)
}
