import { type Evolve, isEvent } from '#shared/log/fold.ts'
import { largeDeletion, type Restoration, restorationFailed, restorationRequested, textRestored } from './restoring-protocol.ts'
import type { EndedRestoration, RestoringState } from './restoring-state.ts'

const DELETIONS_KEPT = 16
const RESTORED_KEPT = 64

export const evolveRestoring: Evolve<RestoringState> = (state, event) => {
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
