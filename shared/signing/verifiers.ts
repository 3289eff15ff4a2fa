// Who judges a signature: for each scheme one verifier. What a record says of its signature is believed only through the scheme that it names;
// a scheme that is not here is answered by name and never by "valid".
import { bitimP256Cms } from './cms/bitim-p256-cms.ts'
import type { ExpectedSignature, SignatureVerdict } from './cms/verify-signature.ts'
import { SERVICE_SCHEME, type SignatureScheme } from './schemes.ts'
import type { Verifier } from './web-crypto.ts'

export interface SignatureVerifier {
  /** How the file of such a signature ends in a bundle. */
  readonly fileEnding: 'p7s'
  verify(
    crypto: Verifier,
    given: { readonly signature: Uint8Array; readonly authorityDer: Uint8Array; readonly expected: ExpectedSignature },
  ): Promise<SignatureVerdict>
  /** The signer's certificate, DER. Throws on bytes that are no such signature. */
  certificateOf(signature: Uint8Array): Uint8Array
}

export const VERIFIERS: Readonly<Record<SignatureScheme, SignatureVerifier>> = { [SERVICE_SCHEME]: bitimP256Cms }
