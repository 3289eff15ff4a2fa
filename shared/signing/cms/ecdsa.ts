// P-256 signatures as WebCrypto gives them (r‖s) and as CMS and X.509 carry them (a SEQUENCE of two INTEGERs).
// Of the two values of s that verify we write and accept the lower one only, so that nobody can turn a signature into a second valid one.
import { concat } from '#shared/kernel/bytes.ts'
import type { Bytes } from '#shared/kernel/digest.ts'
import { sequence, TAG, unsignedInteger } from './der.ts'
import { DerError, readDer } from './der-reader.ts'

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export function lowS(raw: Uint8Array): Bytes {
  const s = toNumber(raw.subarray(32, 64))
  return s > ORDER / 2n ? concat(raw.subarray(0, 32), toBytes(ORDER - s)) : new Uint8Array(raw)
}

export function isLowS(raw: Uint8Array): boolean {
  return toNumber(raw.subarray(32, 64)) <= ORDER / 2n
}

export function signatureToDer(raw: Uint8Array): Bytes {
  return sequence(unsignedInteger(raw.subarray(0, 32)), unsignedInteger(raw.subarray(32, 64)))
}

/** Throws DerError. */
export function signatureFromDer(bytes: Uint8Array): Bytes {
  const inside = readDer(bytes, TAG.sequence)
  const parts = [inside.next(TAG.integer).content, inside.next(TAG.integer).content]
  inside.end()
  return concat(...parts.map(fixed32))
}

function fixed32(content: Uint8Array): Uint8Array {
  const trimmed = content[0] === 0 ? content.subarray(1) : content
  if (trimmed.length > 32 || trimmed.length === 0) throw new DerError('number of a signature')
  const bytes = new Uint8Array(32)
  bytes.set(trimmed, 32 - trimmed.length)
  return bytes
}

function toNumber(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

function toBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  for (let i = 31, left = value; i >= 0; i--, left >>= 8n) bytes[i] = Number(left & 0xffn)
  return bytes
}
