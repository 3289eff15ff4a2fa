// Ids and secrets of identity, all from handed-in entropy; and the keys it derives for single purposes from the installation's token key.
import { createHash, hkdfSync } from 'node:crypto'
import { base64url, utf8 } from '#shared/kernel/bytes.ts'
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
  return createHash('sha256').update(secret, 'utf8').digest('base64url')
}

/** A key of its own for each purpose, so that what was made for one is never accepted for another. */
export function deriveKey(tokenKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', tokenKey, new Uint8Array(), utf8(`bitim ${purpose}`), 32))
}
