// The one way in which bytes are encrypted here: AES-256-GCM, as nonce, ciphertext and a whole tag, or without the nonce where it follows
// from where the bytes stand. What a key is for, what is bound to the bytes, and what stands before them in clear, whoever uses it says.
import { createCipheriv, createDecipheriv } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
/** A nonce is never used twice under one key. */
export const NONCE_BYTES = 12
export const TAG_BYTES = 16
/** A shorter tag would be taken for one, and soon be guessed. */
const WHOLE_TAG = { authTagLength: TAG_BYTES } as const

interface Bound {
  readonly nonce: Uint8Array
  /** Must be given again to decrypt. */
  readonly context: Uint8Array
}

interface Encrypting extends Bound {
  /** In clear, before all else. */
  readonly head?: Uint8Array
}

export function encryptWith(key: Uint8Array, plain: Uint8Array, bound: Encrypting): Uint8Array {
  const { nonce, head = new Uint8Array(0) } = bound
  return Buffer.concat([head, nonce, ...ciphertextAndTag(key, plain, bound)])
}

/** Throws when key, context or bytes are not those that were encrypted. `encrypted` without its head. */
export function decryptWith(key: Uint8Array, encrypted: Uint8Array, context: Uint8Array): Uint8Array {
  if (encrypted.length < NONCE_BYTES + TAG_BYTES) throw new Error('too short for encrypted bytes')
  return decryptByNonce(key, encrypted.subarray(NONCE_BYTES), { nonce: encrypted.subarray(0, NONCE_BYTES), context })
}

/** For a nonce that whoever decrypts knows, as it follows from where the bytes stand: it is not written with them. */
export function encryptByNonce(key: Uint8Array, plain: Uint8Array, bound: Bound): Uint8Array {
  return Buffer.concat(ciphertextAndTag(key, plain, bound))
}

/** Throws when key, nonce, context or bytes are not those that were encrypted. */
export function decryptByNonce(key: Uint8Array, encrypted: Uint8Array, { nonce, context }: Bound): Uint8Array {
  if (encrypted.length < TAG_BYTES) throw new Error('too short for encrypted bytes')
  const end = encrypted.length - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, nonce, WHOLE_TAG)
  decipher.setAAD(context).setAuthTag(encrypted.subarray(end))
  return Buffer.concat([decipher.update(encrypted.subarray(0, end)), decipher.final()])
}

function ciphertextAndTag(key: Uint8Array, plain: Uint8Array, { nonce, context }: Bound): Uint8Array[] {
  const cipher = createCipheriv(ALGORITHM, key, nonce, WHOLE_TAG).setAAD(context)
  return [cipher.update(plain), cipher.final(), cipher.getAuthTag()]
}
