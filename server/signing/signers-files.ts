// Bytes that belong to the signers of one version, at rest: under the key of the signers' audience, bound to what they are.
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import { type EncryptedFiles, type FilePlace, fileKey, type OpenFile } from '#server/storage/encrypted-files.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { CaseId, FileId, VersionId } from '#shared/kernel/ids.ts'

export interface SignersPlace {
  readonly caseId: CaseId
  readonly versionId: VersionId
}

export interface SignersCipher {
  encrypt(place: SignersPlace, context: string, plain: Uint8Array): Promise<Uint8Array>
  /** Throws when the bytes are not those that were encrypted there. */
  decrypt(place: SignersPlace, context: string, encrypted: Uint8Array): Promise<Uint8Array>
}

function signersContext({ caseId, versionId }: SignersPlace, context: string): string {
  return `${caseId}|${signersAudience(versionId)}|${context}`
}

interface SignersKeys {
  readonly keys: Pick<AudienceKeys, 'load'>
}

export function makeSignersCipher({ keys, entropy }: SignersKeys & { readonly entropy: Entropy }): SignersCipher {
  const bound = (place: SignersPlace, context: string) => utf8(signersContext(place, context))
  const keyOf = ({ caseId, versionId }: SignersPlace) => keys.load(caseId, signersAudience(versionId))
  return {
    encrypt: async (place, context, plain) => (await keyOf(place)).encrypt(bound(place, context), plain, entropy),
    decrypt: async (place, context, encrypted) => (await keyOf(place)).decrypt(bound(place, context), encrypted),
  }
}

export interface SignersFiles {
  /** The first stays: putting the same again is harmless, other bytes under a used id throw. */
  put(place: SignersPlace, id: FileId, bytes: Uint8Array): Promise<void>
  open(place: SignersPlace, id: FileId): Promise<OpenFile | undefined>
  destroy(id: FileId): Promise<void>
}

interface SignersFilesDeps extends SignersKeys {
  readonly files: Pick<EncryptedFiles, 'open' | 'keep' | 'delete'>
}

export function makeSignersFiles({ files, keys }: SignersFilesDeps): SignersFiles {
  const placeOf = async (place: SignersPlace, id: FileId): Promise<FilePlace> => ({
    id,
    context: signersFileContext(place, id),
    key: fileKey(await keys.load(place.caseId, signersAudience(place.versionId))),
  })
  return {
    put: async (place, id, bytes) => files.keep(await placeOf(place, id), bytes),
    open: async (place, id) => files.open(await placeOf(place, id)),
    destroy: files.delete,
  }
}

export function signersFileContext(place: SignersPlace, id: FileId): string {
  return signersContext(place, `file ${id}`)
}
