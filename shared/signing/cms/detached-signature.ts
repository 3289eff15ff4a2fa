// A detached CMS with one signer (RFC 5652, CAdES-BES): built in the signer's browser, byte for byte determined by what is signed,
// the certificate and the signature value. The verifier builds it again and compares, so it can hold nothing else.
import { concat } from '#shared/kernel/bytes.ts'
import { type Bytes, type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { SignP256 } from '../web-crypto.ts'
import { readCertificate } from './certificate.ts'
import { der, octetString, oid, sequence, setOf, TAG, time } from './der.ts'
import { lowS, signatureToDer } from './ecdsa.ts'
import { OID } from './oids.ts'

/** What the signer signs: the PDF and the canonical text by digest, the server's time, and under which certificate. */
export interface SigningInput {
  /** SHA-256 of the PDF that the signer received. */
  readonly contentDigest: Uint8Array
  /** SHA-256 of the canonical text made from the signer's own copy of the draft. */
  readonly textDigest: Uint8Array
  /** Milliseconds; whole seconds count. */
  readonly signingTime: number
  readonly certificateDer: Uint8Array
}

/** The signed attributes as a DER SET OF: exactly the bytes that the key signs. */
export async function buildSignedAttributes(crypto: Digester, input: SigningInput): Promise<Bytes> {
  const certificateDigest = await sha256(crypto, input.certificateDer)
  return setOf(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octetString(input.contentDigest)),
    attribute(OID.signingTime, time(input.signingTime)),
    attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(certificateDigest))))),
    attribute(OID.textDigest, octetString(input.textDigest)),
  )
}

/** Signs and wraps. The key is used once and is the caller's to forget. */
export async function signDetached({
  sign,
  attributes,
  certificateDer,
}: {
  sign: SignP256
  attributes: Bytes
  certificateDer: Uint8Array
}): Promise<Bytes> {
  return buildCms({ attributes, certificateDer, signature: lowS(new Uint8Array(await sign(attributes))) })
}

/** `signature`: r‖s with the lower s. */
export function buildCms({
  attributes,
  certificateDer,
  signature,
}: {
  attributes: Uint8Array
  certificateDer: Uint8Array
  signature: Uint8Array
}): Bytes {
  const { issuer, serialElement } = readCertificate(certificateDer)
  const one = Uint8Array.of(TAG.integer, 1, 1)
  const digestAlgorithm = sequence(oid(OID.sha256))
  const signerInfo = sequence(
    one,
    sequence(issuer, serialElement),
    digestAlgorithm,
    concat(Uint8Array.of(0xa0), attributes.subarray(1)), // the SET OF under its implicit tag
    sequence(oid(OID.ecdsaWithSha256)),
    octetString(signatureToDer(signature)),
  )
  const signedData = sequence(one, setOf(digestAlgorithm), sequence(oid(OID.data)), der(0xa0, certificateDer), setOf(signerInfo))
  return sequence(oid(OID.signedData), der(0xa0, signedData))
}

function attribute(type: string, value: Uint8Array): Bytes {
  return sequence(oid(type), setOf(value))
}
