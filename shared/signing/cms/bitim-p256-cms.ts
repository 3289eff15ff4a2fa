import type { SignatureVerifier } from '../verifiers.ts'
import { readCms } from './read-cms.ts'
import { verifyDetachedSignature } from './verify-signature.ts'

/** `bitim-p256-cms/1`: the platform's own service signature. */
export const bitimP256Cms: SignatureVerifier = {
  fileEnding: 'p7s',
  verify: (crypto, { signature, authorityDer, expected }) => verifyDetachedSignature(crypto, { cms: signature, authorityDer, expected }),
  certificateOf(signature) {
    const cms = readCms(signature)
    if (typeof cms === 'string') throw new TypeError(`a signature that cannot be read: ${cms}`)
    return cms.certificateDer
  },
}
