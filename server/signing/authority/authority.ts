// The installation's own certificate authority and its sealing key: two different keys, made at first run and kept by the caller.
// The authority certifies keys that sign once; it answers for who was in the case, not for a person before the law (Digital Code, art. 49(2)).

import { hex } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { fromPem, toPem } from '#shared/signing/bundle/pem.ts'
import { type Certificate, readCertificate } from '#shared/signing/cms/certificate.ts'
import { withinBound } from '#shared/signing/cms/certificate-names.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import { spokenFingerprint } from '#shared/signing/spoken-fingerprint.ts'
import { loadX509, P256, type PrivateKey, subtle } from './x509.ts'

const YEAR = 365.25 * 24 * 3600 * 1000
const AUTHORITY_YEARS = 30
/** A key that signs once lives for seconds; what it signed is verified for years. */
const CERTIFICATE_YEARS = 20
/** Certificates begin a little earlier, so that a signing time fixed before certification falls within. */
const EARLIER = 15 * 60 * 1000

/** What the caller stores: PEM, the key as PKCS #8. */
export interface StoredKey {
  readonly certificatePem: string
  readonly privateKeyPem: string
}

export interface Authority {
  readonly certificate: Certificate
  readonly certificateDer: Uint8Array<ArrayBuffer>
  readonly certificatePem: string
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string
  /** The same as 32 digits, for reading out and printing. */
  readonly digits: string
  readonly privateKey: PrivateKey
}

interface Making {
  readonly clock: Clock
  readonly entropy: Entropy
  /** Of the installation: the host that people know it by. */
  readonly name: string
}

export async function makeAuthority({ clock, entropy, name }: Making): Promise<StoredKey> {
  const x509 = await loadX509()
  const keys = await subtle.generateKey(P256, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(entropy),
    name: new x509.Name([{ O: [{ utf8String: 'Bitim' }] }, { CN: [{ utf8String: withinBound(`Bitim ${name}`) }] }]),
    notBefore: wholeSecond(clock.now() - EARLIER),
    notAfter: wholeSecond(clock.now() + AUTHORITY_YEARS * YEAR),
    signingAlgorithm: P256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return stored(certificate.rawData, keys.privateKey)
}

/** Throws on PEM that is none, or a key that does not belong to the certificate's kind. */
export async function openAuthority({ certificatePem, privateKeyPem }: StoredKey): Promise<Authority> {
  const certificateDer = derOf('CERTIFICATE', certificatePem)
  const digest = await sha256(subtle, certificateDer)
  return {
    certificate: readCertificate(certificateDer),
    certificateDer,
    certificatePem: toPem('CERTIFICATE', certificateDer),
    fingerprint: hex(digest),
    digits: spokenFingerprint(digest),
    privateKey: await importPrivateKey(privateKeyPem),
  }
}

export async function makeSealingKey(authority: Authority, { clock, entropy, name }: Making): Promise<StoredKey> {
  const x509 = await loadX509()
  const issuer = new x509.X509Certificate(authority.certificateDer)
  const keys = await subtle.generateKey(P256, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(entropy),
    subject: new x509.Name([{ O: [{ utf8String: 'Bitim' }] }, { CN: [{ utf8String: withinBound(`Bitim seal ${name}`) }] }]),
    issuer: issuer.subjectName,
    notBefore: wholeSecond(clock.now() - EARLIER),
    notAfter: notAfter(authority, clock.now()),
    signingAlgorithm: P256,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  return stored(certificate.rawData, keys.privateKey)
}

export async function openSealingKey({ certificatePem, privateKeyPem }: StoredKey): Promise<SealingKey> {
  const privateKey = await importPrivateKey(privateKeyPem)
  return {
    certificateDer: derOf('CERTIFICATE', certificatePem),
    sign: (data) => subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data),
  }
}

/** 16 random bytes, positive and without a leading zero, as X.509 wants serial numbers. */
export function newSerial(entropy: Entropy): string {
  const bytes = new Uint8Array(entropy.bytes(16, 'certificate serial'))
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return hex(bytes)
}

/** Never longer than the authority's own certificate. */
export function notAfter(authority: Authority, now: number): Date {
  return wholeSecond(Math.min(now + CERTIFICATE_YEARS * YEAR, authority.certificate.notAfter))
}

export function notBefore(authority: Authority, now: number): Date {
  return wholeSecond(Math.max(now - EARLIER, authority.certificate.notBefore))
}

function wholeSecond(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000)
}

async function stored(certificate: ArrayBuffer, privateKey: PrivateKey): Promise<StoredKey> {
  const pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', privateKey))
  return { certificatePem: toPem('CERTIFICATE', new Uint8Array(certificate)), privateKeyPem: toPem('PRIVATE KEY', pkcs8) }
}

function importPrivateKey(pem: string): Promise<PrivateKey> {
  return subtle.importKey('pkcs8', derOf('PRIVATE KEY', pem), P256, false, ['sign'])
}

function derOf(label: string, pem: string): Uint8Array<ArrayBuffer> {
  const der = fromPem(label, pem)
  if (!der) throw new TypeError(`no ${label} in PEM`)
  return der
}
