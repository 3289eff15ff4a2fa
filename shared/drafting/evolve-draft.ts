import { type Evolve, isEvent } from '#shared/log/fold.ts'
import { draftReopened, freezeCancelled, freezeRequested, readyGiven, readyWithdrawn, versionFrozen } from './drafting-protocol.ts'
import type { DraftState, ReadyState } from './drafting-state.ts'

export const evolveDraft: Evolve<DraftState> = (state, event) => {
  if (event.audience !== 'all') return state
  const { at, by } = event
  if (isEvent(event, freezeRequested)) {
    const { versionId, revision, confirmed: faults } = event.body
    const confirmation = faults && by !== 'system' ? { by, at, faults } : undefined
    return { ...state, phase: { kind: 'freezing', versionId, revision, at, confirmation }, lastOpened: undefined }
  }
  if (isEvent(event, freezeCancelled)) {
    return { ...state, phase: { kind: 'open' }, lastOpened: { kind: 'cancelled', ...event.body, at } }
  }
  if (isEvent(event, versionFrozen)) {
    const { versionId } = event.body
    const { phase } = state
    const confirmation = phase.kind === 'freezing' && phase.versionId === versionId ? phase.confirmation : undefined
    return { phase: { kind: 'frozen', versionId, at, confirmation }, versions: [...state.versions, event.body], lastOpened: undefined }
  }
  if (isEvent(event, draftReopened)) {
    return { ...state, phase: { kind: 'open' }, lastOpened: { kind: 'reopened', ...event.body, at } }
  }
  return state
}

export const evolveReady: Evolve<ReadyState> = (state, event) => {
  if (isEvent(event, readyGiven)) return { ready: { revision: event.body.revision, at: event.at } }
  if (isEvent(event, readyWithdrawn)) return { ready: undefined }
  return state
}
