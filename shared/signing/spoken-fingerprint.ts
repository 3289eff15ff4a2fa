import { groupsOfFour } from '#shared/document/text-code.ts'

/**
 * The digest of a certificate as 32 digits in eight groups, for reading out and printing: the first 16 bytes modulo 10^32,
 * about 106 bits. Whoever compares by machine takes the whole SHA-256 in hexadecimal.
 */
export function spokenFingerprint(digest: Uint8Array): string {
  let value = 0n
  for (const byte of digest.subarray(0, 16)) value = (value << 8n) | BigInt(byte)
  return groupsOfFour((value % 10n ** 32n).toString().padStart(32, '0'))
}
