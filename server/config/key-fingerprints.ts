// Which keys this installation works with, kept as fingerprints in an encrypted record: a start with other keys is refused before anything
// is certified, sealed or signed under them.
import { createHash, createHmac } from 'node:crypto'
import type { RecordStore } from '#server/storage/ports.ts'

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
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const token = createHmac('sha256', keys.tokenKey).update('bitim token key fingerprint 1').digest('hex')
  return { authority: sha256(keys.authorityDer), sealing: sha256(keys.sealingDer), token }
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
