// How a body rests: AES-256-GCM under its audience's key, bound to its case, audience and digest, salt and body as one.
import { decryptWith, encryptWith, NONCE_BYTES } from '#server/kernel/cipher.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'

/** The form of what was encrypted under a key that is used for nothing else, or before keys were derived. */
const PLAIN_FORM = 1

/** Encrypts; `context` is bound as associated data and must be given again to open, as must another `form` than the plain one. */
export function encryptBytes(key: Uint8Array, plain: Uint8Array, context: Uint8Array, entropy: Entropy, form = PLAIN_FORM): Uint8Array {
  const nonce = entropy.bytes(NONCE_BYTES, 'nonce')
  return encryptWith(key, plain, { nonce, context: bound(context, form), head: Uint8Array.of(form) })
}

/** Throws when key, context, form or bytes are not those that were encrypted. */
export function decryptBytes(key: Uint8Array, encrypted: Uint8Array, context: Uint8Array, form = PLAIN_FORM): Uint8Array {
  if (encrypted[0] !== form) throw new Error('encrypted bytes of an unknown form')
  return decryptWith(key, encrypted.subarray(1), bound(context, form))
}

/** The plain form stands in no context: it was there before there were others. */
function bound(context: Uint8Array, form: number): Uint8Array {
  return form === PLAIN_FORM ? context : concat(Uint8Array.of(form), context)
}

export function bodyContext(caseId: string, audience: string, bodyDigest: Uint8Array): Uint8Array {
  return concat(utf8(`${caseId}|${audience}|`), bodyDigest)
}
