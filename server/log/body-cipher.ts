// How a body rests: AES-256-GCM under its audience's key, bound to its case, audience and digest, salt and body as one.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'

/** The form of what was encrypted under a key that is used for nothing else, or before keys were derived. */
const PLAIN_FORM = 1
const NONCE = 12
const TAG = 16

/** Encrypts; `context` is bound as associated data and must be given again to open, as must another `form` than the plain one. */
export function encryptBytes(key: Uint8Array, plain: Uint8Array, context: Uint8Array, entropy: Entropy, form = PLAIN_FORM): Uint8Array {
  const nonce = entropy.bytes(NONCE, 'nonce')
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(bound(context, form))
  return Buffer.concat([Uint8Array.of(form), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when key, context, form or bytes are not those that were encrypted. */
export function decryptBytes(key: Uint8Array, encrypted: Uint8Array, context: Uint8Array, form = PLAIN_FORM): Uint8Array {
  if (encrypted[0] !== form || encrypted.length < 1 + NONCE + TAG) throw new Error('encrypted bytes of an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(1, 1 + NONCE), { authTagLength: TAG })
  decipher.setAAD(bound(context, form))
  decipher.setAuthTag(encrypted.subarray(encrypted.length - TAG))
  return Buffer.concat([decipher.update(encrypted.subarray(1 + NONCE, encrypted.length - TAG)), decipher.final()])
}

/** The plain form stands in no context: it was there before there were others. */
function bound(context: Uint8Array, form: number): Uint8Array {
  return form === PLAIN_FORM ? context : concat(Uint8Array.of(form), context)
}

export function bodyContext(caseId: string, audience: string, bodyDigest: Uint8Array): Uint8Array {
  return concat(utf8(`${caseId}|${audience}|`), bodyDigest)
}
