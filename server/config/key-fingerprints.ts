// Which keys this installation works with, kept as fingerprints in an encrypted record: a start with other keys is refused before anything
// is certified, sealed or signed under them.
import { macWith, sha256 } from '#server/kernel/digest.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { hex } from '#shared/kernel/bytes.ts'

export interface KeyFingerprints {
  readonly authority: string
  readonly sealing: string
  readonly token: string
}

const COLLECTION = 'installation'
const ID = 'keys'

export function fingerprintsOf(keys: {
  readonly authorityDer: Uint8Array
  readonly sealingDer: Uint8Array
  readonly tokenKey: Uint8Array
}): KeyFingerprints {
  const token = macWith(keys.tokenKey)('bitim token key fingerprint 1')
  return { authority: hex(sha256(keys.authorityDer)), sealing: hex(sha256(keys.sealingDer)), token: hex(token) }
}

/** The first key that is another than before, undefined for none. `records` are encrypted. The first start of all writes them down. */
export async function changedKey(
  records: Pick<RecordStore, 'get' | 'insert' | 'replace'>,
  now: KeyFingerprints,
  { isTokenRenewed }: { readonly isTokenRenewed: boolean },
): Promise<keyof KeyFingerprints | undefined> {
  let stored = await records.get<KeyFingerprints>(COLLECTION, ID)
  if (!stored) {
    if ((await records.insert(COLLECTION, ID, now)) === 'stored') return undefined
    stored = await records.get<KeyFingerprints>(COLLECTION, ID) // another server was a moment quicker
  }
  const before = stored?.value
  if (before?.authority !== now.authority) return 'authority'
  if (before.sealing !== now.sealing) return 'sealing'
  if (before.token === now.token) return undefined
  if (!isTokenRenewed || !stored) return 'token'
  await records.replace(COLLECTION, ID, stored.version, now)
  return undefined
}
