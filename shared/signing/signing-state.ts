// What signing looks like from each audience: one's own line to the mediator, the joint session, the signers' chain.

import { audienceKind } from '#shared/kernel/audience.ts'
import type { FileId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { fromEventHash } from './named-digest.ts'
import type { BundleFormat, ClosingRecord, FrozenRecord } from './sealed-records.ts'
import {
  agreementReleased,
  chainSealed,
  type GivenSignature,
  paperRecorded,
  releaseSealed,
  signatureGiven,
  signatureSealed,
  signatureWithdrawn,
  versionDeclined,
  versionRecalled,
  versionSealed,
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

export type Agreed =
  | { readonly kind: 'released'; readonly versionId: VersionId; readonly bundleFileId: FileId; readonly at: number }
  | { readonly kind: 'paper'; readonly versionId: VersionId; readonly signedOn: string; readonly place: string; readonly at: number }

/** Folded from the audience `all`. */
export interface AgreementState {
  readonly agreed: Agreed | undefined
  /** Told to all; the others stand in their authors' own lines. */
  readonly declined: readonly Declined[]
  readonly recalled: readonly { readonly versionId: VersionId; readonly reason: string; readonly at: number }[]
}

export const agreementFold: Fold<AgreementState> = {
  name: 'signing-agreement',
  initial: { agreed: undefined, declined: [], recalled: [] },
  evolve(state, event) {
    if (event.audience !== 'all') return state
    const { at } = event
    if (isEvent(event, agreementReleased)) return { ...state, agreed: { kind: 'released', ...event.body, at } }
    if (isEvent(event, paperRecorded)) return { ...state, agreed: { kind: 'paper', ...event.body, at } }
    if (isEvent(event, versionRecalled)) return { ...state, recalled: [...state.recalled, { ...event.body, at }] }
    if (isEvent(event, versionDeclined) && event.by !== 'system') {
      const { versionId, reason, clause } = event.body
      return { ...state, declined: [...state.declined, { versionId, reason, clause, by: event.by, at }] }
    }
    return state
  },
}

/** Folded from the signers' chain of one version. */
export interface SignersState {
  readonly frozen: FrozenRecord | undefined
  readonly signatures: readonly { readonly participantId: ParticipantId; readonly signedAt: number; readonly signatureDigest: string }[]
  readonly release: ReleasedChain | undefined
  /** The chain as a whole is under the installation's seal. */
  readonly closed: boolean
}

/** Where the chain stood when everybody's signatures were released. */
export interface ReleasedChain {
  readonly releasedAt: number
  readonly bundleFormat: BundleFormat
  /** Of the release's event. */
  readonly head: ClosingRecord['head']
}

export const signersFold: Fold<SignersState> = {
  name: 'signing-signers',
  initial: { frozen: undefined, signatures: [], release: undefined, closed: false },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'signers') return state
    if (isEvent(event, versionSealed)) return { ...state, frozen: event.body }
    if (isEvent(event, signatureSealed)) {
      const { participantId, signedAt, signatureDigest } = event.body
      return { ...state, signatures: [...state.signatures, { participantId, signedAt, signatureDigest }] }
    }
    if (isEvent(event, releaseSealed)) {
      const { releasedAt, bundleFormat } = event.body
      return { ...state, release: { releasedAt, bundleFormat, head: { m: event.m, digest: fromEventHash(event.hash) } } }
    }
    if (isEvent(event, chainSealed)) return { ...state, closed: true }
    return state
  },
}
