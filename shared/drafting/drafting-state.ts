import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import type { Slice } from '#shared/log/fold.ts'
import type { Cancellation, ConfirmedFault, FrozenVersion } from './drafting-protocol.ts'

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

export const draftFold: Slice<DraftState> = {
  name: 'drafting',
  initial: { phase: { kind: 'open' }, versions: [], lastOpened: undefined },
}

interface Readiness {
  /** The text it was given for; any later edit voids it. */
  readonly revision: number
  readonly at: number
}

/** Folded from a person's own line to the mediator. */
export interface ReadyState {
  readonly ready: Readiness | undefined
}

export const readyFold: Slice<ReadyState> = {
  name: 'draft-ready',
  initial: { ready: undefined },
}

export function versionOf(state: DraftState | undefined, id: VersionId): FrozenVersion | undefined {
  return state?.versions.find((version) => version.versionId === id)
}
