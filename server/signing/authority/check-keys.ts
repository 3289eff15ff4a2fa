// Whether the two signing keys are whole and belong together: a key that does not fit its certificate, or a seal that another authority
// certified, would make agreements that nobody can verify.
import { utf8 } from '#shared/kernel/bytes.ts'
import { type Certificate, readCertificate } from '#shared/signing/cms/certificate.ts'
import { endCertificateFault, isAuthority, isForSealing } from '#shared/signing/cms/certificate-check.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import { type SignP256, verifyP256 } from '#shared/signing/web-crypto.ts'
import { type Authority, openAuthority, openSealingKey, type StoredKey } from './authority.ts'
import { subtle } from './x509.ts'

type OpenedKeys =
  | { readonly ok: true; readonly authority: Authority; readonly sealing: SealingKey }
  | { readonly ok: false; readonly key: 'authority' | 'sealing'; readonly fault: 'damaged' | 'foreign' }

/** `authority` and `sealing`: JSON as it was stored. */
export async function openSigningKeys(stored: { readonly authority: string; readonly sealing: string }): Promise<OpenedKeys> {
  const authority = await whole(async () => openAuthority(storedKey(stored.authority)))
  const root = authority && (await whole(async () => readCertificate(authority.certificateDer)))
  if (!authority || !root || !(await isAuthority(subtle, root)) || !(await fits(root, signerOf(authority)))) {
    return { ok: false, key: 'authority', fault: 'damaged' }
  }
  const sealing = await whole(async () => openSealingKey(storedKey(stored.sealing)))
  const certificate = sealing && (await whole(async () => readCertificate(sealing.certificateDer)))
  if (!sealing || !certificate || !isForSealing(certificate) || !(await fits(certificate, sealing.sign))) {
    return { ok: false, key: 'sealing', fault: 'damaged' }
  }
  // At a moment when it was good: a key that has run out is not a foreign one.
  const fault = await endCertificateFault(subtle, { certificate, authority: root, at: certificate.notBefore })
  return fault === undefined ? { ok: true, authority, sealing } : { ok: false, key: 'sealing', fault: 'foreign' }
}

function storedKey(text: string): StoredKey {
  const parsed: Partial<StoredKey> | null = JSON.parse(text)
  if (typeof parsed?.certificatePem !== 'string' || typeof parsed.privateKeyPem !== 'string') throw new TypeError('not a stored key')
  return { certificatePem: parsed.certificatePem, privateKeyPem: parsed.privateKeyPem }
}

async function whole<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open()
  } catch {
    return undefined // not JSON, not PEM, not a key: all the same damage
  }
}

function signerOf({ privateKey }: Authority): SignP256 {
  return (data) => subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data)
}

async function fits({ spki }: Certificate, sign: SignP256): Promise<boolean> {
  const message = new Uint8Array(utf8('bitim key check 1'))
  return verifyP256(subtle, spki, new Uint8Array(await sign(message)), message)
}
