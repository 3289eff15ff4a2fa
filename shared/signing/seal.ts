// The installation's seal: that it held this record, of this case, at this time. It seals what makes an agreement and nothing else,
// and it is never a person's expression of will (Digital Code, art. 49(3)).
import { base64url, fromBase64url, utf8 } from '#shared/kernel/bytes.ts'
import type { Bytes, Digester } from '#shared/kernel/digest.ts'
import { lengthPrefixed } from '#shared/log/event.ts'
import { canonicalJson } from './canonical-json.ts'
import { isLowS, lowS } from './cms/ecdsa.ts'
import { bytesOf, type Digest, digestOf, hexOf } from './named-digest.ts'
import { SEAL_SCHEME, type SealScheme } from './schemes.ts'
import { type SignP256, type Verifier, verifyP256 } from './web-crypto.ts'

export type SealKind = 'frozen' | 'signature' | 'release' | 'closing' | 'joint-record'

export interface Seal {
  readonly scheme: SealScheme
  /** Milliseconds, the server's clock. */
  readonly at: number
  /** Of the sealing key's certificate. */
  readonly key: Digest
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
  /** The record without its seal, as the seal's scheme writes it. */
  readonly payload: object
}

export async function seal(
  crypto: Digester,
  sealing: SealingKey,
  { at, ...sealed }: Sealed & { at: number },
): Promise<Seal & { readonly scheme: typeof SEAL_SCHEME }> {
  const key = await digestOf(crypto, sealing.certificateDer)
  const message = await sealMessage(crypto, { ...sealed, scheme: SEAL_SCHEME, at, key })
  return { scheme: SEAL_SCHEME, at, key, value: base64url(lowS(new Uint8Array(await sealing.sign(message)))) }
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
    return await verifyP256(crypto, spki, signature, await sealMessage(crypto, { ...sealed, ...given }))
  } catch {
    return false // not base64url: not a seal
  }
}

async function sealMessage(
  crypto: Digester,
  { scheme, caseId, kind, payload, at, key }: Sealed & Pick<Seal, 'scheme' | 'at' | 'key'>,
): Promise<Bytes> {
  const digest = await digestOf(crypto, utf8(canonicalJson(payload)))
  const first = scheme === 'bitim-seal/1'
  return lengthPrefixed(scheme, caseId, kind, first ? hexOf(key) : key, String(at), first ? bytesOf(digest) : digest)
}
