import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import {
  type Cancellation,
  type ConfirmedFault,
  draftReopened,
  type FrozenVersion,
  freezeCancelled,
  freezeRequested,
  readyGiven,
  readyWithdrawn,
  versionFrozen,
} from './drafting-protocol.ts'

/** What the mediator looked at and left as it stands, when asking to close the text. */
export interface ClosingConfirmation {
  readonly by: ParticipantId
  readonly at: number
  readonly faults: readonly ConfirmedFault[]
}

interface Closing {
  readonly versionId: VersionId
  readonly at: number
  /** Absent where nothing was there to be confirmed. */
  readonly confirmation?: ClosingConfirmation | undefined
}

export type DraftPhase =
  | { readonly kind: 'open' }
  /** The mediator's intent stands; the server closes, checks and prints. */
  | (Closing & { readonly kind: 'freezing'; readonly revision: number })
  | (Closing & { readonly kind: 'frozen' })

/** Folded from the audience `all` alone. */
export interface DraftState {
  readonly phase: DraftPhase
  /** Every version ever frozen, oldest first; those that were reopened stay on record. */
  readonly versions: readonly FrozenVersion[]
  /** Why the text was last opened again, until it is next closed. */
  readonly lastOpened:
    | (Cancellation & { readonly kind: 'cancelled'; readonly at: number })
    | { readonly kind: 'reopened'; readonly versionId: VersionId; readonly at: number }
    | undefined
}

export const draftFold: Fold<DraftState> = {
  name: 'drafting',
  initial: { phase: { kind: 'open' }, versions: [], lastOpened: undefined },
  evolve(state, event) {
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
  },
}

interface Readiness {
  /** The text it was given for; any later edit voids it. */
  readonly revision: number
  readonly at: number
}

/** Folded from a person's own line to the mediator. */
export const readyFold: Fold<{ readonly ready: Readiness | undefined }> = {
  name: 'draft-ready',
  initial: { ready: undefined },
  evolve(state, event) {
    if (isEvent(event, readyGiven)) return { ready: { revision: event.body.revision, at: event.at } }
    if (isEvent(event, readyWithdrawn)) return { ready: undefined }
    return state
  },
}

export function versionOf(state: DraftState | undefined, id: VersionId): FrozenVersion | undefined {
  return state?.versions.find((version) => version.versionId === id)
}
