// SHA-256 through WebCrypto, named here because shared code sees neither DOM nor Node. `crypto.subtle` fits on both sides.

export type Bytes = Uint8Array<ArrayBuffer>

export interface Digester {
  digest(algorithm: 'SHA-256', data: Bytes): Promise<ArrayBuffer>
}

export async function sha256(crypto: Digester, data: Uint8Array): Promise<Bytes> {
  // A file may be large: it is copied only where it lies in memory that threads share, which WebCrypto does not take.
  const own = data.buffer instanceof ArrayBuffer ? (data as Bytes) : new Uint8Array(data) // just looked: that is what Bytes says
  return new Uint8Array(await crypto.digest('SHA-256', own))
}
