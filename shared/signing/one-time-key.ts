// The key of one signature: made on the signer's device, not extractable, used for one proof and one signature, then forgotten.

import { type Bytes, type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { SignerBinding } from './cms/certificate-check.ts'
import { buildSignedAttributes, type SigningInput, signDetached } from './cms/detached-signature.ts'
import { lowS } from './cms/ecdsa.ts'
import { possessionMessage } from './possession.ts'

export interface KeyMaker<Key> extends Digester {
  generateKey(
    algorithm: { name: 'ECDSA'; namedCurve: 'P-256' },
    extractable: boolean,
    usages: ('sign' | 'verify')[],
  ): Promise<{ publicKey: Key; privateKey: Key }>
  exportKey(format: 'spki', key: Key): Promise<ArrayBuffer>
  sign(algorithm: { name: 'ECDSA'; hash: 'SHA-256' }, key: Key, data: Bytes): Promise<ArrayBuffer>
}

export interface OneTimeKey {
  readonly spki: Bytes
  /** Proves possession to the server, for this person and version and the server's nonce. */
  prove(binding: SignerBinding, nonce: Uint8Array): Promise<Bytes>
  /** The detached CMS, DER. The key is gone afterwards; a second call throws. */
  signOnce(input: SigningInput): Promise<Bytes>
}

export async function makeOneTimeKey<Key>(crypto: KeyMaker<Key>): Promise<OneTimeKey> {
  const pair = await crypto.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.exportKey('spki', pair.publicKey))
  let held: Key | undefined = pair.privateKey
  const sign = (key: Key) => (data: Bytes) => crypto.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, data)
  const heldKey = (): Key => {
    if (held === undefined) throw new Error('a key signs once')
    return held
  }
  return {
    spki,
    async prove(binding, nonce) {
      const message = possessionMessage({ ...binding, nonce, spkiDigest: await sha256(crypto, spki) })
      return lowS(new Uint8Array(await sign(heldKey())(message)))
    },
    async signOnce(input) {
      const key = heldKey()
      held = undefined
      const attributes = await buildSignedAttributes(crypto, input)
      return signDetached({ sign: sign(key), attributes, certificateDer: input.certificateDer })
    },
  }
}
