// The little of WebCrypto that signing and verifying need besides digests, named here because shared code sees neither DOM nor Node.
import type { Bytes, Digester } from '#shared/kernel/digest.ts'

export interface Verifier<Key = unknown> extends Digester {
  importKey(
    format: 'spki',
    data: Bytes,
    algorithm: { name: 'ECDSA'; namedCurve: 'P-256' },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>
  verify(algorithm: { name: 'ECDSA'; hash: 'SHA-256' }, key: Key, signature: Bytes, data: Bytes): Promise<boolean>
}

/** A private key that signs P-256 over SHA-256 and answers r‖s, 64 bytes, as WebCrypto does. */
export type SignP256 = (data: Bytes) => Promise<Uint8Array | ArrayBuffer>

/** False for a key or signature that is not one at all, too. */
export async function verifyP256(crypto: Verifier, spki: Uint8Array, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
  try {
    const key = await crypto.importKey('spki', new Uint8Array(spki), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])
    return await crypto.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, new Uint8Array(signature), new Uint8Array(data))
  } catch {
    return false // bytes that WebCrypto will not even read as a key prove nothing
  }
}
