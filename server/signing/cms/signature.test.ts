import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as asn1js from 'asn1js'
import fc from 'fast-check'
import * as pkijs from 'pkijs'
import { beforeAll, describe, expect, it } from 'vitest'
import { concat, equalBytes } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { der, octetString, oid, sequence, setOf, TAG } from '#shared/signing/cms/der.ts'
import { DerReader, readDer } from '#shared/signing/cms/der-reader.ts'
import { buildCms, buildSignedAttributes, signDetached } from '#shared/signing/cms/detached-signature.ts'
import { OID } from '#shared/signing/cms/oids.ts'
import { readCms } from '#shared/signing/cms/read-cms.ts'
import { type ExpectedSignature, verifyDetachedSignature } from '#shared/signing/cms/verify-signature.ts'
import { possessionMessage, verifyPossession } from '#shared/signing/possession.ts'
import { type Authority, makeAuthority, openAuthority } from '../authority/authority.ts'
import { certifySigner } from '../authority/certify-signer.ts'

const NOW = Date.UTC(2026, 10, 22, 9, 3, 22, 500)
const subtle = webcrypto.subtle
const clock = { now: () => NOW }
const entropy = { bytes: (count: number) => randomBytes(count) }
const binding = { caseId: 'A'.repeat(22), versionId: 'B'.repeat(22), participantId: 'C'.repeat(22) }
const pdf = Buffer.from('%PDF-1.7 agreement')
const pdfDigest = createHash('sha256').update(pdf).digest()
const textDigest = createHash('sha256').update('text').digest()
const expected: ExpectedSignature = { ...binding, pdfDigest, textDigest, signingTime: NOW }

let authority: Authority
let other: Authority
beforeAll(async () => {
  authority = await openAuthority(await makeAuthority({ clock, entropy, name: 'медиация.example' }))
  other = await openAuthority(await makeAuthority({ clock, entropy, name: 'медиация.example' }))
})

interface Options {
  readonly by?: Authority
  readonly person?: string
  readonly digest?: Uint8Array
  readonly text?: Uint8Array
  readonly time?: number
  readonly certifiedAt?: number
}
async function sign({
  by = authority,
  person = binding.participantId,
  digest = pdfDigest,
  text = textDigest,
  time = NOW,
  certifiedAt = NOW,
}: Options = {}) {
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
  const certificateDer = await certifySigner(
    { authority: by, entropy },
    { ...binding, participantId: person, spki, name: 'Өмірбек Ұлжан Һәмитқызы', role: 'party', now: certifiedAt },
  )
  const attributes = await buildSignedAttributes(subtle, { contentDigest: digest, textDigest: text, signingTime: time, certificateDer })
  const key = (data: Uint8Array<ArrayBuffer>) => subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, data)
  return { cms: await signDetached({ sign: key, attributes, certificateDer }), certificateDer, attributes }
}
const verify = (cms: Uint8Array, over: Partial<ExpectedSignature> = {}) =>
  verifyDetachedSignature(subtle, { cms, authorityDer: authority.certificateDer, expected: { ...expected, ...over } })
const faultOf = async (cms: Uint8Array, over: Partial<ExpectedSignature> = {}) => {
  const verdict = await verify(cms, over)
  return verdict.ok ? undefined : verdict.fault
}

describe('a signature', () => {
  it('[DOC-12] by a certified key over this PDF and text is accepted, and says whose key it is', async () => {
    const { cms } = await sign()
    expect(await verify(cms)).toMatchObject({
      ok: true,
      facts: { name: 'Өмірбек Ұлжан Һәмитқызы', role: 'party' },
    })
  })

  it('[DOC-12] is accepted by pkijs and by openssl cms -cades', async () => {
    const { cms } = await sign()
    const info = new pkijs.ContentInfo({ schema: asn1js.fromBER(cms).result })
    const signed = new pkijs.SignedData({ schema: info.content })
    const root = new pkijs.Certificate({ schema: asn1js.fromBER(authority.certificateDer).result })
    expect(
      await signed.verify({
        signer: 0,
        data: new Uint8Array(pdf).buffer,
        trustedCerts: [root],
        checkChain: true,
        checkDate: new Date(NOW),
      }),
    ).toBe(true)
    const folder = mkdtempSync(join(tmpdir(), 'bitim-cms-'))
    try {
      const path = (name: string) => join(folder, name)
      for (const [name, bytes] of Object.entries({ 'a.pdf': pdf, 'a.p7s': cms, 'root.pem': authority.certificatePem }))
        writeFileSync(path(name), bytes)
      const args = [
        '-binary',
        '-inform',
        'DER',
        '-in',
        path('a.p7s'),
        '-content',
        path('a.pdf'),
        '-CAfile',
        path('root.pem'),
        '-purpose',
        'any',
      ]
      execFileSync('openssl', ['cms', '-verify', '-cades', ...args, '-attime', String(Math.floor(NOW / 1000)), '-out', path('out')], {
        stdio: 'pipe',
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each<[string, Options, Partial<ExpectedSignature>, string]>([
    ['over another PDF', { digest: textDigest }, {}, 'other-document'],
    ['over another text', { text: pdfDigest }, {}, 'other-text'],
    ['at another time', { time: NOW + 1000 }, {}, 'other-time'],
    [
      'under another authority of the same name',
      {
        get by() {
          return other
        },
      },
      {},
      'not-issued-by-authority',
    ],
    ['of another person', { person: 'D'.repeat(22) }, {}, 'other-person'],
    ['for another version', {}, { versionId: 'E'.repeat(22) }, 'other-person'],
    ['for another case', {}, { caseId: 'E'.repeat(22) }, 'other-person'],
    ['with a key certified later', { certifiedAt: NOW + 3600_000 }, {}, 'not-valid-then'],
  ])('[DOC-13] %s is refused by name', async (_, options, over, fault) => {
    expect(await faultOf((await sign(options)).cms, over)).toBe(fault)
  })

  it('[DOC-13] with anything added, doubled or taken away is refused by name', async () => {
    const { cms, certificateDer } = await sign()
    const info = readDer(cms, TAG.sequence)
    info.next()
    const parts = info.inside(0xa0).inside(TAG.sequence).all()
    const [version, digests, content, certificates, signers] = parts.map(({ raw }) => raw)
    if (!version || !digests || !content || !certificates || !signers) throw new Error('shape')
    const wrap = (...members: Uint8Array[]) => sequence(oid(OID.signedData), der(0xa0, sequence(...members)))
    const signer = readDer(signers, TAG.set).next()
    const unsigned = sequence(signer.content, der(0xa1, sequence(oid(OID.data), setOf(octetString(pdf)))))
    const inside = sequence(oid(OID.data), der(0xa0, octetString(pdf)))
    expect(await faultOf(wrap(version, digests, content, certificates, der(TAG.set, signer.raw, signer.raw)))).toBe('not-one-signer')
    expect(await faultOf(wrap(version, digests, content, certificates, der(TAG.set)))).toBe('not-one-signer')
    expect(await faultOf(wrap(version, digests, content, der(0xa0, certificateDer, authority.certificateDer), signers))).toBe(
      'not-one-certificate',
    )
    expect(await faultOf(wrap(version, digests, content, signers))).toBe('not-one-certificate')
    expect(await faultOf(wrap(version, digests, inside, certificates, signers))).toBe('content-inside')
    expect(await faultOf(wrap(version, digests, content, certificates, der(TAG.set, unsigned)))).toBe('unsigned-attributes')
    expect(await faultOf(wrap(sequence(), digests, content, certificates, signers))).toBe('malformed')
    expect(await faultOf(concat(cms, Uint8Array.of(0)))).toBe('malformed')
    expect(await faultOf(cms.subarray(0, -1))).toBe('malformed')
  })

  it('[DOC-13] turned into its twin with the other s is refused', async () => {
    const { cms } = await sign()
    const read = readCms(cms)
    if (typeof read === 'string') throw new Error(read)
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const s = order - BigInt(`0x${Buffer.from(read.signature.subarray(32)).toString('hex')}`)
    const twin = concat(read.signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex'))
    expect(await faultOf(buildCms({ ...read, signature: twin }))).toBe('changeable')
  })

  it('[DOC-13] with any one bit changed is refused', async () => {
    const { cms } = await sign()
    await fc.assert(
      fc.asyncProperty(fc.nat(cms.length - 1), fc.nat(7), async (at, bit) => {
        const changed = new Uint8Array(cms)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect((await verify(changed)).ok).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('[DOC-13] random bytes are malformed, never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await faultOf(bytes)).toBe('malformed')
      }),
    )
  })

  it('[DOC-14] a certificate names person, role, case and version, and cannot certify', async () => {
    const { certificateDer } = await sign()
    const text = execFileSync('openssl', ['x509', '-inform', 'DER', '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus_space'], {
      input: certificateDer,
    }).toString()
    expect(text).toContain('Өмірбек Ұлжан')
    expect(text).toContain(`urn:x-bitim:case:${binding.caseId}:version:${binding.versionId}:person:${binding.participantId}`)
    expect(text).toContain('CA:FALSE')
    expect(text).toMatch(/Digital Signature, Non Repudiation/)
    const years = /Not After : .* (\d{4}) GMT/.exec(text)?.[1]
    expect(Number(years)).toBe(2046)
  })

  it('[DOC-11] possession is proven for this person, version, key and nonce only', async () => {
    const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const spki = new Uint8Array(await subtle.exportKey('spki', keys.publicKey))
    const nonce = randomBytes(32)
    const message = possessionMessage({ ...binding, spkiDigest: await sha256(subtle, spki), nonce })
    const signature = new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, message))
    const proof = { ...binding, spki, signature, nonce }
    expect(await verifyPossession(subtle, proof)).toBe(true)
    expect(await verifyPossession(subtle, { ...proof, versionId: 'x' })).toBe(false)
    expect(await verifyPossession(subtle, { ...proof, participantId: 'x' })).toBe(false)
    expect(await verifyPossession(subtle, { ...proof, nonce: randomBytes(32) })).toBe(false)
    expect(await verifyPossession(subtle, { ...proof, signature: new Uint8Array(64) })).toBe(false)
    expect(await verifyPossession(subtle, { ...proof, spki: new Uint8Array(91) })).toBe(false)
  })

  it('[DOC-12] DER integers and object ids read back as written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 130n }), (arc) => {
        const read = new DerReader(oid(`2.25.${arc}`)).next()
        expect(equalBytes(read.raw, oid(`2.25.${arc}`))).toBe(true)
      }),
    )
  })
})
