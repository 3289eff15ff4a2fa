// What signing needs from outside a decision: checked cryptography, made before the decision and judged again by it.
import type { FileId } from '#shared/kernel/ids.ts'
import { defineFact } from '#shared/log/decide.ts'
import type { ClosingRecord, FrozenRecord, ReleaseRecord, SignatureRecord } from './sealed-records.ts'
import type { SigningReason } from './signing-protocol.ts'

export type CheckedSignature =
  | { readonly checked: 'refused'; readonly reason: SigningReason }
  /** A side's: verified, sealed, its bytes resting under `fileId`. */
  | { readonly checked: 'signature'; readonly record: SignatureRecord; readonly fileId: FileId }
  /** The mediator's, the last: every signature with its bytes in the order of the signers, and the sealed release. */
  | { readonly checked: 'release'; readonly records: readonly SignatureRecord[]; readonly release: ReleaseRecord }

export const checkedSignatureFact = defineFact<CheckedSignature>('checked-signature')

/** The frozen version under the installation's seal; undefined when there is nothing to seal. */
export const sealedVersionFact = defineFact<FrozenRecord | undefined>('sealed-version')

/** The closing of a released chain under the installation's seal; undefined when there is nothing to close. */
export const closingRecordFact = defineFact<ClosingRecord | undefined>('closing-record')
