// The one way in which bytes are encrypted here: AES-256-GCM, as nonce, ciphertext and a whole tag. What a key is for, what is bound to the
// bytes, and what stands before them in clear, whoever uses it says.
import { createCipheriv, createDecipheriv } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
/** A nonce is never used twice under one key. */
export const NONCE_BYTES = 12
const TAG_BYTES = 16
/** A shorter tag would be taken for one, and soon be guessed. */
const WHOLE_TAG = { authTagLength: TAG_BYTES } as const

interface Encrypting {
  readonly nonce: Uint8Array
  /** Must be given again to decrypt. */
  readonly context: Uint8Array
  /** In clear, before all else. */
  readonly head?: Uint8Array
}

export function encryptWith(key: Uint8Array, plain: Uint8Array, { nonce, context, head = new Uint8Array(0) }: Encrypting): Uint8Array {
  const cipher = createCipheriv(ALGORITHM, key, nonce, WHOLE_TAG).setAAD(context)
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when key, context or bytes are not those that were encrypted. `encrypted` without its head. */
export function decryptWith(key: Uint8Array, encrypted: Uint8Array, context: Uint8Array): Uint8Array {
  if (encrypted.length < NONCE_BYTES + TAG_BYTES) throw new Error('too short for encrypted bytes')
  const end = encrypted.length - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, encrypted.subarray(0, NONCE_BYTES), WHOLE_TAG)
  decipher.setAAD(context).setAuthTag(encrypted.subarray(end))
  return Buffer.concat([decipher.update(encrypted.subarray(NONCE_BYTES, end)), decipher.final()])
}
