// One signature of one signer: over this PDF, this text, at the server's time, with a key that the authority certified for this person and version.
// Used by the server when a signature arrives, and by everybody who verifies a bundle.
import { equalBytes } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { type Verifier, verifyP256 } from '../web-crypto.ts'
import type { Certificate } from './certificate.ts'
import {
  type CertificateFault,
  endCertificateFault,
  isForSigning,
  type SignerBinding,
  signerUri,
  tryReadCertificate,
  uris,
} from './certificate-check.ts'
import { subjectNames } from './certificate-names.ts'
import { octetString, sequence, TAG } from './der.ts'
import { DerReader, timeValue } from './der-reader.ts'
import { buildCms, buildSignedAttributes } from './detached-signature.ts'
import { isLowS } from './ecdsa.ts'
import { OID } from './oids.ts'
import { type CmsShapeFault, type ReadCms, readCms } from './read-cms.ts'

export interface ExpectedSignature extends SignerBinding {
  readonly pdfDigest: Uint8Array
  readonly textDigest: Uint8Array
  /** Milliseconds; compared in whole seconds. */
  readonly signingTime: number
}

export type SignatureFault =
  | CmsShapeFault
  | CertificateFault
  | 'other-document'
  | 'other-text'
  | 'other-time'
  | 'other-certificate'
  | 'other-person'
  | 'not-signed-by-this-key'
  | 'changeable'

/** What the certificate says of the key's owner (Digital Code, art. 50(4)). */
export interface SignerFacts {
  /** The common name: whole in certificates from before names were kept within X.520's bounds. */
  readonly name: string
  readonly wholeName: string | undefined
  readonly organization: string | undefined
  readonly role: string
  readonly certificateDer: Uint8Array
  readonly certificateSerial: string
  readonly notBefore: number
  readonly notAfter: number
}

export type SignatureVerdict = { readonly ok: true; readonly facts: SignerFacts } | { readonly ok: false; readonly fault: SignatureFault }

export async function verifyDetachedSignature(
  crypto: Verifier,
  { cms, authorityDer, expected }: { cms: Uint8Array; authorityDer: Uint8Array; expected: ExpectedSignature },
): Promise<SignatureVerdict> {
  const read = readCms(cms)
  if (typeof read === 'string') return refused(read)
  const attributeFault = await attributesFault(crypto, read, expected)
  if (attributeFault) return refused(attributeFault)
  const certificate = tryReadCertificate(read.certificateDer)
  const authority = tryReadCertificate(authorityDer)
  if (!certificate || !authority) return refused('malformed')
  const certificateFault = await signerCertificateFault(crypto, { certificate, authority, expected })
  if (certificateFault) return refused(certificateFault)
  if (!(await verifyP256(crypto, certificate.spki, read.signature, read.attributes))) return refused('not-signed-by-this-key')
  if (!isLowS(read.signature) || !equalBytes(buildCms(read), cms)) return refused('changeable')
  return { ok: true, facts: signerFacts(certificate) }
}

function signerFacts(certificate: Certificate): SignerFacts {
  return {
    name: certificate.subjectParts.get(OID.commonName) ?? '',
    wholeName: certificate.subjectParts.get(OID.name),
    organization: certificate.subjectParts.get(OID.organizationName),
    role: certificate.subjectParts.get(OID.title) ?? '',
    certificateDer: certificate.raw,
    certificateSerial: certificate.serialNumber,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  }
}

async function attributesFault(crypto: Verifier, read: ReadCms, expected: ExpectedSignature): Promise<SignatureFault | undefined> {
  const holds = (type: string, digest: Uint8Array) =>
    equalBytes(read.attributeValues.get(type)?.raw ?? new Uint8Array(), octetString(digest))
  if (!holds(OID.messageDigest, expected.pdfDigest)) return 'other-document'
  if (!holds(OID.textDigest, expected.textDigest)) return 'other-text'
  if (signedSecond(read) !== Math.floor(expected.signingTime / 1000)) return 'other-time'
  const certificateHash = sequence(sequence(sequence(octetString(await sha256(crypto, read.certificateDer)))))
  if (!equalBytes(read.attributeValues.get(OID.signingCertificateV2)?.raw ?? new Uint8Array(), certificateHash)) return 'other-certificate'
  const rebuilt = await buildSignedAttributes(crypto, {
    contentDigest: expected.pdfDigest,
    textDigest: expected.textDigest,
    signingTime: expected.signingTime,
    certificateDer: read.certificateDer,
  })
  return equalBytes(rebuilt, read.attributes) ? undefined : 'malformed'
}

async function signerCertificateFault(
  crypto: Verifier,
  { certificate, authority, expected }: { certificate: Certificate; authority: Certificate; expected: ExpectedSignature },
): Promise<SignatureFault | undefined> {
  try {
    const fault = await endCertificateFault(crypto, { certificate, authority, at: expected.signingTime })
    if (fault) return fault
    if (!isForSigning(certificate)) return 'wrong-use'
    const bound = uris(certificate).join() === signerUri(expected)
    return bound && isSerialOf(certificate.subjectParts.get(OID.subjectSerialNumber), expected) ? undefined : 'other-person'
  } catch {
    return 'malformed' // an extension that cannot be read
  }
}

/** Certificates from before the alphabet was kept bear the id as it is. */
function isSerialOf(serial: string | undefined, { participantId }: SignerBinding): boolean {
  return serial === participantId || serial === subjectNames({ participantId, name: '' }).serialNumber
}

function signedSecond(read: ReadCms): number | undefined {
  const value = read.attributeValues.get(OID.signingTime)
  if (!value || (value.tag !== TAG.utcTime && value.tag !== TAG.generalizedTime)) return undefined
  try {
    return timeValue(new DerReader(value.raw).next()) / 1000
  } catch {
    return undefined // no time at all is another time
  }
}

function refused(fault: SignatureFault): SignatureVerdict {
  return { ok: false, fault }
}
