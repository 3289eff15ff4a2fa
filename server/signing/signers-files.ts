// Bytes that belong to the signers of one version, at rest: under the key of the signers' audience, bound to what they are.
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { FileStore } from '#server/storage/ports.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import { equalBytes, utf8 } from '#shared/kernel/bytes.ts'
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

export function signersContext({ caseId, versionId }: SignersPlace, context: string): string {
  return `${caseId}|${signersAudience(versionId)}|${context}`
}

export function makeSignersCipher({ keys, entropy }: { keys: Pick<AudienceKeys, 'load'>; entropy: Entropy }): SignersCipher {
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
  get(place: SignersPlace, id: FileId): Promise<Uint8Array | undefined>
  destroy(id: FileId): Promise<void>
}

export function makeSignersFiles({ files, cipher }: { files: FileStore; cipher: SignersCipher }): SignersFiles {
  async function get(place: SignersPlace, id: FileId): Promise<Uint8Array | undefined> {
    const encrypted = await files.get(id)
    return encrypted && cipher.decrypt(place, `file ${id}`, encrypted)
  }
  return {
    get,
    async put(place, id, bytes) {
      const refuseOthers = (stored: Uint8Array) => {
        if (!equalBytes(stored, bytes)) throw new Error('other bytes rest under this file id')
      }
      const stored = await get(place, id)
      if (stored) return refuseOthers(stored)
      try {
        await files.put(id, await cipher.encrypt(place, `file ${id}`, bytes))
      } catch (cause) {
        // Another server, or another request, may have stored the same plain bytes a moment ago under another nonce.
        const now = await get(place, id)
        if (!now) throw cause
        refuseOthers(now)
      }
    },
    destroy: (id) => files.delete(id),
  }
}
