// A certificate for a key that will sign once: for this person, this version, this case. Nothing can be revoked once the key is gone,
// which noRevAvail (RFC 9608) says, so validators ask for no revocation list.
import type { Entropy } from '#shared/kernel/clock.ts'
import type { Signer } from '#shared/signing/chain-fields.ts'
import type { SignerBinding } from '#shared/signing/cms/certificate-check.ts'
import { signerUri } from '#shared/signing/cms/certificate-check.ts'
import { subjectNames } from '#shared/signing/cms/certificate-names.ts'
import { OID } from '#shared/signing/cms/oids.ts'
import { type Authority, newSerial, notAfter, notBefore } from './authority.ts'
import { loadX509, P256, subtle } from './x509.ts'

interface SignerRequest extends SignerBinding, Pick<Signer, 'name' | 'role' | 'side'> {
  readonly spki: Uint8Array
  readonly now: number
}

/** DER. Throws on an SPKI that is no P-256 key; possession must have been proven before. */
export async function certifySigner(
  { authority, entropy }: { authority: Authority; entropy: Entropy },
  { spki, name, role, side, now, ...binding }: SignerRequest,
): Promise<Uint8Array<ArrayBuffer>> {
  const x509 = await loadX509()
  const issuer = new x509.X509Certificate(authority.certificateDer)
  const publicKey = await subtle.importKey('spki', spki, P256, true, ['verify'])
  const names = subjectNames({ participantId: binding.participantId, name, side })
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(entropy),
    subject: new x509.Name([
      ...(names.organization === undefined ? [] : [{ O: [{ utf8String: names.organization }] }]),
      { CN: [{ utf8String: names.commonName }] },
      ...(names.wholeName === undefined ? [] : [{ [OID.name]: [{ utf8String: names.wholeName }] }]),
      { [OID.subjectSerialNumber]: [{ printableString: names.serialNumber }] },
      { [OID.title]: [{ utf8String: role }] },
    ]),
    issuer: issuer.subjectName,
    notBefore: notBefore(authority, now),
    notAfter: notAfter(authority, now),
    signingAlgorithm: P256,
    publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
      new x509.ExtendedKeyUsageExtension([OID.emailProtection, OID.documentSigning]),
      new x509.SubjectAlternativeNameExtension([{ type: 'url', value: signerUri(binding) }]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new x509.Extension(OID.noRevAvail, false, Uint8Array.of(0x05, 0x00)),
    ],
  })
  return new Uint8Array(certificate.rawData)
}
