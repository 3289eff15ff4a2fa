// The signers' chain as the server folds it: the sealed records themselves, and where the chain stood at the release.
import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { chainSealed, releaseSealed, signatureSealed, versionSealed } from './chain-protocol.ts'
import { fromEventHash } from './named-digest.ts'
import type { BundleFormat, ClosingRecord, FrozenRecord } from './sealed-records.ts'

/** Folded from the signers' chain of one version. */
interface SignersState {
  readonly frozen: FrozenRecord | undefined
  readonly signatures: readonly { readonly participantId: ParticipantId; readonly signedAt: number; readonly signatureDigest: string }[]
  readonly release: ReleasedChain | undefined
  /** The chain as a whole is under the installation's seal. */
  readonly closed: boolean
}

/** Where the chain stood when everybody's signatures were released. */
interface ReleasedChain {
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
      return { ...state, release: { releasedAt, bundleFormat, head: { m: event.seq, digest: fromEventHash(event.hash) } } }
    }
    if (isEvent(event, chainSealed)) return { ...state, closed: true }
    return state
  },
}
