// DER, written: only what a signature of ours needs. A signer's phone loads this instead of a whole ASN.1 library.
import { concat } from '#shared/kernel/bytes.ts'
import type { Bytes } from '#shared/kernel/digest.ts'

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

export function der(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = concat(...contents)
  return concat(Uint8Array.of(tag), lengthBytes(content.length), content)
}

export function sequence(...contents: readonly Uint8Array[]): Bytes {
  return der(TAG.sequence, ...contents)
}

/** SET OF: DER demands its members in the order of their bytes. */
export function setOf(...members: readonly Uint8Array[]): Bytes {
  return der(TAG.set, ...[...members].sort(compareBytes))
}

export function octetString(bytes: Uint8Array): Bytes {
  return der(TAG.octetString, bytes)
}

/** A non-negative number from its big-endian bytes. */
export function unsignedInteger(bytes: Uint8Array): Bytes {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const trimmed = bytes.subarray(start)
  return der(TAG.integer, (trimmed[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), trimmed)
}

/** Dotted form; arcs of any size (2.25.<uuid> has one of 128 bits). */
export function oid(dotted: string): Bytes {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  return der(TAG.oid, ...[first * 40n + second, ...rest].map(base128))
}

/** UTCTime until 2049, GeneralizedTime from then on (RFC 5652, 11.3). Whole seconds. */
export function time(milliseconds: number): Bytes {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+/, '').replace(/[-:T]/g, '')
  const year = Number(digits.slice(0, 4))
  const early = year >= 1950 && year < 2050
  return der(early ? TAG.utcTime : TAG.generalizedTime, new TextEncoder().encode(early ? digits.slice(2) : digits))
}

function base128(value: bigint): Uint8Array {
  const bytes = [Number(value & 0x7fn)]
  for (let left = value >> 7n; left > 0n; left >>= 7n) bytes.unshift(Number(left & 0x7fn) | 0x80)
  return Uint8Array.from(bytes)
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
