// What a certificate has to be: an authority's own, or one that an authority issued to one signer for one version of one case.
import { equalBytes, fromUtf8 } from '#shared/kernel/bytes.ts'
import { type Verifier, verifyP256 } from '../web-crypto.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { TAG } from './der.ts'
import { DerReader, oidText, readDer } from './der-reader.ts'
import { signatureFromDer } from './ecdsa.ts'
import { OID } from './oids.ts'

export type CertificateFault = 'malformed' | 'not-an-authority' | 'not-issued-by-authority' | 'wrong-use' | 'not-valid-then'

/** For whom and what a signer's certificate was issued; written into it as a URI. */
export interface SignerBinding {
  readonly caseId: string
  readonly versionId: string
  readonly participantId: string
}

export function signerUri({ caseId, versionId, participantId }: SignerBinding): string {
  return `urn:x-bitim:case:${caseId}:version:${versionId}:person:${participantId}`
}

export function tryReadCertificate(bytes: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(bytes)
  } catch {
    return undefined // not a certificate: the caller names the fault
  }
}

export async function isAuthority(crypto: Verifier, certificate: Certificate): Promise<boolean> {
  const constraints = certificate.extensions.get(OID.basicConstraints)
  const usage = keyUsage(certificate)
  return (
    constraints?.critical === true &&
    isCa(constraints.value) &&
    (usage & KEY_CERT_SIGN) !== 0 &&
    equalBytes(certificate.issuer, certificate.subject) &&
    (await isSignedBy(crypto, certificate, certificate))
  )
}

/** Faults of an end certificate under this authority at this moment, undefined for none. */
export async function endCertificateFault(
  crypto: Verifier,
  { certificate, authority, at }: { certificate: Certificate; authority: Certificate; at: number },
): Promise<CertificateFault | undefined> {
  if (!(await isAuthority(crypto, authority))) return 'not-an-authority'
  if (!equalBytes(certificate.issuer, authority.subject) || !(await isSignedBy(crypto, certificate, authority)))
    return 'not-issued-by-authority'
  const constraints = certificate.extensions.get(OID.basicConstraints)
  if (!constraints || isCa(constraints.value) || keyUsage(certificate) === 0 || (keyUsage(certificate) & KEY_CERT_SIGN) !== 0)
    return 'wrong-use'
  for (const { critical, type } of criticalOf(certificate)) if (critical && !UNDERSTOOD.has(type)) return 'wrong-use'
  if (at < certificate.notBefore || at > certificate.notAfter || at < authority.notBefore || at > authority.notAfter)
    return 'not-valid-then'
  return undefined
}

/** Non-repudiation and document signing: what only a signer's certificate carries. */
export function isForSigning(certificate: Certificate): boolean {
  const usage = keyUsage(certificate)
  return (usage & NON_REPUDIATION) !== 0 && (usage & DIGITAL_SIGNATURE) !== 0 && extendedUses(certificate).includes(OID.documentSigning)
}

/** The certificate of the key that seals records: digital signature alone. */
export function isForSealing(certificate: Certificate): boolean {
  return keyUsage(certificate) === DIGITAL_SIGNATURE && !certificate.extensions.has(OID.extendedKeyUsage)
}

export function uris(certificate: Certificate): string[] {
  const value = certificate.extensions.get(OID.subjectAltName)?.value
  return value
    ? readDer(value, TAG.sequence)
        .all()
        .flatMap(({ tag, content }) => (tag === 0x86 ? [fromUtf8(content)] : []))
    : []
}

const DIGITAL_SIGNATURE = 0x80
const NON_REPUDIATION = 0x40
const KEY_CERT_SIGN = 0x04
const UNDERSTOOD: ReadonlySet<string> = new Set([OID.basicConstraints, OID.keyUsage, OID.extendedKeyUsage, OID.subjectAltName])

function criticalOf(certificate: Certificate) {
  return [...certificate.extensions].map(([type, { critical }]) => ({ type, critical }))
}

function isCa(basicConstraints: Uint8Array): boolean {
  const inside = readDer(basicConstraints, TAG.sequence)
  return inside.peek() === TAG.boolean && inside.next(TAG.boolean).content[0] === 0xff
}

/** The first byte of the bits, digitalSignature highest; 0 without the extension. */
function keyUsage(certificate: Certificate): number {
  const value = certificate.extensions.get(OID.keyUsage)?.value
  return value ? (new DerReader(value).next(TAG.bitString).content[1] ?? 0) : 0
}

function extendedUses(certificate: Certificate): string[] {
  const value = certificate.extensions.get(OID.extendedKeyUsage)?.value
  return value
    ? readDer(value, TAG.sequence)
        .all()
        .map(({ content }) => oidText(content))
    : []
}

async function isSignedBy(crypto: Verifier, certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (certificate.signatureAlgorithm !== OID.ecdsaWithSha256) return false
  return verifyP256(crypto, issuer.spki, signatureFromDer(certificate.signature), certificate.signedPart)
}
