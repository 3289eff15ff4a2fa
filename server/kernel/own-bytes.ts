/**
 * A copy in memory of its own. A short Buffer of Node's lies in a pool of 8 kB that is kept as long as anything in it, and one that comes
 * from OpenSSL has bookkeeping of five times its size: whoever keeps one for long keeps this instead.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
