// The certificate library, loaded when a certificate is first made: an installation that only reads certificates does without its
// thirty megabytes of code. It wants a metadata shim and a crypto provider before its first use.
import { webcrypto } from 'node:crypto'

export const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
export const subtle = webcrypto.subtle
export type PrivateKey = webcrypto.CryptoKey
type X509 = typeof import('@peculiar/x509')

export async function loadX509(): Promise<X509> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  x509.cryptoProvider.set(webcrypto as never) // the same thing by another name, where a browser's types are loaded too
  return x509
}
