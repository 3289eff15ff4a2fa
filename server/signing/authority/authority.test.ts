import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCertificate } from '#shared/signing/cms/certificate.ts'
import { endCertificateFault, isAuthority, isForSealing, isForSigning } from '#shared/signing/cms/certificate-check.ts'
import { OID } from '#shared/signing/cms/oids.ts'
import { type SealingKey, seal, verifySeal } from '#shared/signing/seal.ts'
import { type Authority, makeAuthority, makeSealingKey, openAuthority, openSealingKey, type StoredKey } from './authority.ts'
import { certifySigner } from './certify-signer.ts'

const NOW = Date.UTC(2026, 10, 22, 9, 0, 0)
const subtle = webcrypto.subtle
const clock = { now: () => NOW }
const entropy = { bytes: (count: number) => randomBytes(count) }
const name = 'медиация.example'

let stored: StoredKey
let authority: Authority
let sealing: SealingKey
beforeAll(async () => {
  stored = await makeAuthority({ clock, entropy, name })
  authority = await openAuthority(stored)
  sealing = await openSealingKey(await makeSealingKey(authority, { clock, entropy, name }))
})

describe('the authority', () => {
  it('[DOC-15] opens from what was stored, certifies itself for thirty years and bears the installation name', async () => {
    const root = readCertificate(authority.certificateDer)
    expect(await isAuthority(subtle, root)).toBe(true)
    expect(root.subjectParts.get(OID.commonName)).toBe(`Bitim ${name}`)
    expect(new Date(root.notAfter).getUTCFullYear()).toBe(2056)
    expect(authority.certificatePem).toBe(stored.certificatePem)
    const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: stored.certificatePem }).toString()
    expect(text).toContain('CA:TRUE, pathlen:0')
    expect(text).toContain('ASN1 OID: prime256v1')
  })

  it('[DOC-15] its fingerprint is what openssl says, and 32 digits in groups of four', () => {
    expect(authority.fingerprint).toBe(createHash('sha256').update(authority.certificateDer).digest('hex'))
    const printed = execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha256'], { input: stored.certificatePem }).toString()
    expect(printed.split('=')[1]?.trim().replaceAll(':', '').toLowerCase()).toBe(authority.fingerprint)
    expect(authority.digits).toMatch(/^\d{4}( \d{4}){7}$/)
  })

  it('[DOC-15] PEM that holds no certificate or no key is refused', async () => {
    await expect(openAuthority({ ...stored, certificatePem: 'x' })).rejects.toThrow('no CERTIFICATE in PEM')
    await expect(openAuthority({ ...stored, privateKeyPem: stored.certificatePem })).rejects.toThrow('no PRIVATE KEY in PEM')
  })

  it('[DOC-16] a sealing key is another key, for sealing and not for signing or certifying', async () => {
    const certificate = readCertificate(sealing.certificateDer)
    const root = readCertificate(authority.certificateDer)
    expect(certificate.spki).not.toEqual(root.spki)
    expect([isForSealing(certificate), isForSigning(certificate), await isAuthority(subtle, certificate)]).toEqual([true, false, false])
    expect(await endCertificateFault(subtle, { certificate, authority: root, at: NOW })).toBeUndefined()
    expect(await endCertificateFault(subtle, { certificate, authority: root, at: NOW + 25 * 365 * 86_400_000 })).toBe('not-valid-then')
    expect(await endCertificateFault(subtle, { certificate, authority: certificate, at: NOW })).toBe('not-an-authority')
    expect(await endCertificateFault(subtle, { certificate: root, authority: root, at: NOW })).toBe('wrong-use')
  })

  it('[DOC-16] a signer certificate cannot seal', async () => {
    const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
    const binding = { caseId: 'a', versionId: 'b', participantId: 'c' }
    const der = await certifySigner({ authority, entropy }, { ...binding, spki, name: 'Ә', role: 'party', now: NOW })
    expect([isForSealing(readCertificate(der)), isForSigning(readCertificate(der))]).toEqual([false, true])
  })

  it('[DOC-14] a key that is not P-256 is not certified', async () => {
    const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify'])
    const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
    const request = { caseId: 'a', versionId: 'b', participantId: 'c', name: 'Ә', role: 'party' as const, now: NOW }
    await expect(certifySigner({ authority, entropy }, { ...request, spki })).rejects.toThrow()
    await expect(certifySigner({ authority, entropy }, { ...request, spki: randomBytes(91) })).rejects.toThrow()
  })
})

describe('names in certificates', () => {
  const LONG = 'Мұхамедияров-Жангелдин Абдырахман-Нұрсұлтан Бекмұхаммедұлы Қожахметов'
  const side = 'Жауапкершілігі шектеулі серіктестік «Қазақстан халықаралық сауда және көлік компаниясы»'
  const participantId = 'a_b-c_d-ABCDEFGHIJKLMN'

  async function certified(person: { name: string; side?: string }) {
    const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
    const der = await certifySigner(
      { authority, entropy },
      { caseId: 'a', versionId: 'b', participantId, spki, role: 'party', now: NOW, ...person },
    )
    return { der, subject: subjectOf(der) }
  }

  /** Each attribute of the subject as `openssl asn1parse` sees it: its name, string type and text. */
  function subjectOf(der: Uint8Array): Record<string, { type: string; text: string }> {
    const dump = execFileSync(
      'openssl',
      ['x509', '-inform', 'DER', '-noout', '-subject', '-nameopt', 'sep_multiline,utf8,show_type,sname'],
      {
        input: der,
      },
    ).toString()
    return Object.fromEntries(
      [...dump.matchAll(/^ +(\w+)=(\w+):(.*)$/gm)].map(([, attribute = '', type = '', text = '']) => [attribute, { type, text }]),
    )
  }

  it('[DOC-68] keep to the lengths and string types of X.520, and say each person and their own side', async () => {
    const { subject } = await certified({ name: 'Өмірбек Ұлжан Һәмитқызы', side: '«Ақжол» ЖШС' })
    expect(subject).toEqual({
      O: { type: 'UTF8STRING', text: '«Ақжол» ЖШС' },
      CN: { type: 'UTF8STRING', text: 'Өмірбек Ұлжан Һәмитқызы' },
      serialNumber: { type: 'PRINTABLESTRING', text: 'a/b+c/d+ABCDEFGHIJKLMN' },
      title: { type: 'UTF8STRING', text: 'party' },
    })
    expect((await certified({ name: 'Қуат Әлібек' })).subject.O).toBeUndefined()
  })

  it('[DOC-68] a longer name is shortened, always alike, and stands whole beside it', async () => {
    const [one, two] = [await certified({ name: LONG, side }), await certified({ name: LONG, side })]
    expect(one.subject).toEqual(two.subject)
    for (const attribute of ['CN', 'O', 'serialNumber', 'title'])
      expect([...(one.subject[attribute]?.text ?? '')].length).toBeLessThanOrEqual(64)
    expect(one.subject.CN?.text).toBe(`${LONG.slice(0, 63)}…`)
    expect(one.subject.name?.text).toBe(LONG)
    const edge = 'Ұ'.repeat(64)
    expect((await certified({ name: edge })).subject).toMatchObject({ CN: { text: edge } })
    expect((await certified({ name: edge })).subject.name).toBeUndefined()
    expect((await certified({ name: '𐐷'.repeat(65) })).subject.CN?.text).toBe(`${'𐐷'.repeat(63)}…`)
  })

  it('[DOC-68] an installation whose host is long names itself within the bound too', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`
    const made = await openAuthority(await makeAuthority({ clock, entropy, name: long }))
    expect(made.certificate.subjectParts.get(OID.commonName)).toHaveLength(64)
    const key = await openSealingKey(await makeSealingKey(made, { clock, entropy, name: long }))
    expect(readCertificate(key.certificateDer).subjectParts.get(OID.commonName)).toHaveLength(64)
  })
})

describe('a seal', () => {
  it('[DOC-17] holds for this case, kind, record and time only', async () => {
    const sealed = { caseId: 'case', kind: 'frozen' as const, payload: { text: 'Ә', list: [1, { b: 2, a: undefined }] } }
    const { spki } = readCertificate(sealing.certificateDer)
    const given = await seal(subtle, sealing, { ...sealed, at: NOW })
    expect(await verifySeal(subtle, spki, { ...sealed, seal: given })).toBe(true)
    expect(await verifySeal(subtle, spki, { ...sealed, payload: { list: [1, { b: 2 }], text: 'Ә' }, seal: given })).toBe(true)
    const others = [
      { ...sealed, caseId: 'other', seal: given },
      { ...sealed, kind: 'release' as const, seal: given },
      { ...sealed, payload: { ...sealed.payload, text: 'A' }, seal: given },
      { ...sealed, seal: { ...given, at: NOW + 1 } },
      { ...sealed, seal: { ...given, key: `sha-256:${'0'.repeat(64)}` as const } },
      { ...sealed, seal: { ...given, scheme: 'bitim-seal/1' as const } },
      { ...sealed, seal: { ...given, value: (given.value.startsWith('A') ? 'B' : 'A') + given.value.slice(1) } },
      { ...sealed, seal: { ...given, value: 'no signature' } },
      { ...sealed, seal: { ...given, value: '%' } },
    ]
    for (const other of others) expect(await verifySeal(subtle, spki, other)).toBe(false)
    expect(await verifySeal(subtle, readCertificate(authority.certificateDer).spki, { ...sealed, seal: given })).toBe(false)
  })
})
