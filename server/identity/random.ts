// Ids and secrets of identity, all from handed-in entropy; and the keys it derives for single purposes from the installation's token key.
import { deriveKey, sha256Text } from '#server/kernel/digest.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { asId } from '#shared/kernel/ids.ts'

type AnyId = Parameters<typeof asId>[0] & ReturnType<typeof asId>

export function newId<Id extends AnyId>(entropy: Entropy, purpose: string): Id {
  return asId<Id>(base64url(entropy.bytes(16, `id ${purpose}`)))
}

/** 192 random bits: what stands behind `#` in a link. */
export function newSecret(entropy: Entropy, purpose: string): string {
  return base64url(entropy.bytes(24, `secret ${purpose}`))
}

/** How a link's secret is stored. It is random and long, so a plain hash keeps it. */
export function digestOf(secret: string): string {
  return sha256Text(secret)
}

/** A key of its own for each purpose, so that what was made for one is never accepted for another. */
export function keyFor(tokenKey: Uint8Array, purpose: string): Uint8Array {
  return deriveKey(tokenKey, `bitim ${purpose}`)
}
