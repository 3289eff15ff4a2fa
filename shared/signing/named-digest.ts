// A digest as records, events and bundle files name it since their second version: the algorithm (RFC 6920's name for it), a colon, the value
// in hexadecimal. One form everywhere, so that another algorithm can stand beside this one without a second meaning of the same field.
import * as z from 'zod/mini'
import { fromBase64url, fromHex, hex } from '#shared/kernel/bytes.ts'
import { type Bytes, type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { Schema } from '#shared/protocol/define.ts'

export type Digest = `sha-256:${string}`

export const DIGEST_ALGORITHM = 'sha-256'
const PATTERN = /^sha-256:[0-9a-f]{64}$/

export const digestField = z.string().check(z.regex(PATTERN)) as unknown as Schema<Digest> // the pattern is what the type says

export async function digestOf(crypto: Digester, data: Uint8Array): Promise<Digest> {
  return fromHexDigest(hex(await sha256(crypto, data)))
}

/** From 64 hexadecimal digits, as the first versions wrote them. */
export function fromHexDigest(value: string): Digest {
  return `${DIGEST_ALGORITHM}:${value}`
}

/** From an event's hash, as the log writes it: base64url. */
export function fromEventHash(hash: string): Digest {
  return fromHexDigest(hex(fromBase64url(hash)))
}

export function hexOf(digest: Digest): string {
  return digest.slice(DIGEST_ALGORITHM.length + 1)
}

export function bytesOf(digest: Digest): Bytes {
  return fromHex(hexOf(digest))
}
