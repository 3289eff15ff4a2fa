// Proof that a person's browser holds the private key that it wants certified. Never a signature over the bare nonce:
// that could be somebody's signed attributes in disguise.
import { utf8 } from '#shared/kernel/bytes.ts'
import { type Bytes, sha256 } from '#shared/kernel/digest.ts'
import { lengthPrefixed } from '#shared/log/event.ts'
import type { SignerBinding } from './cms/certificate-check.ts'
import { type Verifier, verifyP256 } from './web-crypto.ts'

interface Possession extends SignerBinding {
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiDigest: Uint8Array
  readonly nonce: Uint8Array
}

export function possessionMessage(possession: Possession): Bytes {
  return lengthPrefixed(
    utf8('bitim-possession/1'),
    utf8(possession.caseId),
    utf8(possession.versionId),
    utf8(possession.participantId),
    possession.spkiDigest,
    possession.nonce,
  )
}

/** `signature`: r‖s as WebCrypto gives it. */
export async function verifyPossession(
  crypto: Verifier,
  { spki, signature, nonce, ...binding }: SignerBinding & { spki: Uint8Array; signature: Uint8Array; nonce: Uint8Array },
): Promise<boolean> {
  const message = possessionMessage({ ...binding, nonce, spkiDigest: await sha256(crypto, spki) })
  return verifyP256(crypto, spki, signature, message)
}
