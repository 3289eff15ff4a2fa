// What signing looks like from each audience: one's own line to the mediator, the joint session, the signers' chain.
import { audienceKind } from '#shared/kernel/audience.ts'
import type { FileId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import {
  agreementReleased,
  type GivenSignature,
  paperRecorded,
  signatureGiven,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  versionSealedTold,
} from './signing-protocol.ts'

export interface Given extends GivenSignature {
  /** When the server recorded it. */
  readonly at: number
  readonly withdrawnAt: number | undefined
}

export interface Declined {
  readonly versionId: VersionId
  readonly by: ParticipantId
  readonly reason: string | undefined
  readonly clause: string | undefined
  readonly at: number
}

/** Folded from a person's own line to the mediator. That a signature was given stays on record when its bytes are gone. */
export interface OwnSigning {
  readonly given: readonly Given[]
  readonly declined: readonly Declined[]
}

export const ownSigningFold: Fold<OwnSigning> = {
  name: 'signing-own',
  initial: { given: [], declined: [] },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct') return state
    if (isEvent(event, signatureGiven))
      return { ...state, given: [...state.given, { ...event.body, at: event.at, withdrawnAt: undefined }] }
    if (isEvent(event, signatureWithdrawn)) {
      const { versionId } = event.body
      const given = state.given.map((each) =>
        each.versionId === versionId && each.withdrawnAt === undefined ? { ...each, withdrawnAt: event.at } : each,
      )
      return { ...state, given }
    }
    if (isEvent(event, versionDeclined) && event.by !== 'system') {
      const { versionId, reason, clause } = event.body
      return { ...state, declined: [...state.declined, { versionId, reason, clause, by: event.by, at: event.at }] }
    }
    return state
  },
}

/** The signature that this person has given for this version and not taken back. Whether the version still is the frozen one stands elsewhere. */
export function standingOf(state: OwnSigning | undefined, versionId: VersionId): Given | undefined {
  return state?.given.findLast((each) => each.versionId === versionId && each.withdrawnAt === undefined)
}

/** That this person will not sign this version, as they said it. */
export function declinedIn(state: Pick<OwnSigning, 'declined'> | undefined, versionId: VersionId): Declined | undefined {
  return state?.declined.find((each) => each.versionId === versionId)
}

export type Agreed =
  | { readonly kind: 'released'; readonly versionId: VersionId; readonly bundleFileId: FileId; readonly at: number }
  | { readonly kind: 'paper'; readonly versionId: VersionId; readonly signedOn: string; readonly place: string; readonly at: number }

export interface Recalled {
  readonly versionId: VersionId
  readonly reason: string
  readonly by: ParticipantId
  readonly at: number
}

/** Folded from the audience `all`. */
interface AgreementState {
  readonly agreed: Agreed | undefined
  /** Told to all; the others stand in their authors' own lines. */
  readonly declined: readonly Declined[]
  readonly recalled: readonly Recalled[]
}

export const agreementFold: Fold<AgreementState> = {
  name: 'signing-agreement',
  initial: { agreed: undefined, declined: [], recalled: [] },
  evolve(state, event) {
    if (event.audience !== 'all') return state
    const { at } = event
    if (isEvent(event, agreementReleased)) return { ...state, agreed: { kind: 'released', ...event.body, at } }
    if (isEvent(event, paperRecorded)) return { ...state, agreed: { kind: 'paper', ...event.body, at } }
    if (isEvent(event, versionRecalled) && event.by !== 'system') {
      return { ...state, recalled: [...state.recalled, { ...event.body, by: event.by, at }] }
    }
    if (isEvent(event, versionDeclined) && event.by !== 'system') {
      const { versionId, reason, clause } = event.body
      return { ...state, declined: [...state.declined, { versionId, reason, clause, by: event.by, at }] }
    }
    return state
  },
}

/** Folded from the signers' chain of one version: the frozen version is under the installation's seal. */
export const sealedFold: Fold<boolean> = {
  name: 'signing-sealed',
  initial: false,
  evolve: (state, event) => state || isEvent(event, versionSealedTold),
}
