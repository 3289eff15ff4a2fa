// The certificate library, made ready once: it wants a metadata shim and a crypto provider before its first use.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as never) // the same thing by another name, where a browser's types are loaded too

export const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
export const subtle = webcrypto.subtle
export type PrivateKey = webcrypto.CryptoKey

export { x509 }
