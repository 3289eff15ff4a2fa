// The short code of a text: twelve digits that people compare by eye or by telephone.
import { utf8 } from '#shared/kernel/bytes.ts'
import { type Bytes, type Digester, sha256 } from '#shared/kernel/digest.ts'

/** SHA-256 over the canonical text's UTF-8. */
export function textDigest(crypto: Digester, text: string): Promise<Bytes> {
  return sha256(crypto, utf8(text))
}

/** `4815 2093 7716`: the digest's first 16 bytes as a big-endian number, modulo 10^12 (its bias is below 2^-88). */
export function textCode(digest: Uint8Array): string {
  let value = 0n
  for (const byte of digest.subarray(0, 16)) value = (value << 8n) | BigInt(byte)
  return groupsOfFour((value % 1_000_000_000_000n).toString().padStart(12, '0'))
}

export function groupsOfFour(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ')
}
