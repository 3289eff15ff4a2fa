// The installation's seal: that it held this record, of this case, at this time. It seals what makes an agreement and nothing else,
// and it is never a person's expression of will (Digital Code, art. 49(3)).
import { base64url, fromBase64url, hex, utf8 } from '#shared/kernel/bytes.ts'
import { type Bytes, type Digester, sha256 } from '#shared/kernel/digest.ts'
import { lengthPrefixed } from '#shared/log/event.ts'
import { canonicalJson } from './canonical-json.ts'
import { isLowS, lowS } from './cms/ecdsa.ts'
import { type SignP256, type Verifier, verifyP256 } from './web-crypto.ts'

export type SealKind = 'frozen' | 'signature' | 'release'

export interface Seal {
  /** Milliseconds, the server's clock. */
  readonly at: number
  /** SHA-256 of the sealing key's certificate, hexadecimal. */
  readonly key: string
  /** r‖s, base64url. */
  readonly value: string
}

/** What seals: a key and its certificate. */
export interface SealingKey {
  readonly certificateDer: Uint8Array
  readonly sign: SignP256
}

interface Sealed {
  readonly caseId: string
  readonly kind: SealKind
  /** The record without its seal. */
  readonly payload: object
}

export async function seal(crypto: Digester, key: SealingKey, { at, ...sealed }: Sealed & { at: number }): Promise<Seal> {
  const keyDigest = hex(await sha256(crypto, key.certificateDer))
  const message = await sealMessage(crypto, { ...sealed, at, key: keyDigest })
  return { at, key: keyDigest, value: base64url(lowS(new Uint8Array(await key.sign(message)))) }
}

/** `spki`: of the certificate that `seal.key` names; whether an authority issued it is the caller's question. */
export async function verifySeal(
  crypto: Verifier,
  spki: Uint8Array,
  { seal: given, ...sealed }: Sealed & { seal: Seal },
): Promise<boolean> {
  try {
    const signature = fromBase64url(given.value)
    if (signature.length !== 64 || !isLowS(signature) || base64url(signature) !== given.value) return false
    return await verifyP256(crypto, spki, signature, await sealMessage(crypto, { ...sealed, at: given.at, key: given.key }))
  } catch {
    return false // not base64url: not a seal
  }
}

async function sealMessage(crypto: Digester, { caseId, kind, payload, at, key }: Sealed & { at: number; key: string }): Promise<Bytes> {
  const payloadDigest = await sha256(crypto, utf8(canonicalJson(payload)))
  return lengthPrefixed(utf8('bitim-seal/1'), utf8(caseId), utf8(kind), utf8(key), utf8(String(at)), payloadDigest)
}
