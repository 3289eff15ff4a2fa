import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { chainJson, PART } from '#shared/signing/bundle/parts.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import type { TrustedRoot } from '#shared/signing/bundle/report.ts'
import { readZip, writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { readCertificate } from '#shared/signing/cms/certificate.ts'
import { OID } from '#shared/signing/cms/oids.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { makeAuthority, openAuthority } from '../authority/authority.ts'
import { filesOf } from '../testing/forger.ts'
import { makeBundle } from './make-bundle.ts'
import { chainOf, headOf, type SampleSigning, sampleSigning } from './sample-signing.ts'

const clock = { now: () => Date.UTC(2026, 10, 22, 9, 3, 22, 500) }
const entropy = { bytes: (count: number) => randomBytes(count) }
const subtle = webcrypto.subtle

let sample: SampleSigning
let root: TrustedRoot
let files: readonly ZipFile[]
beforeAll(async () => {
  sample = await sampleSigning({ clock, entropy })
  root = { certificateDer: sample.authority.certificateDer }
  const reading = readZip(sample.bundle)
  if (!reading.ok) throw new Error(reading.fault)
  files = reading.files
})

const verify = (zip: Uint8Array, trusted: TrustedRoot | undefined = root) => verifyBundle(subtle, zip, trusted)
async function brokenParts(zip: Uint8Array): Promise<string[]> {
  const report = await verify(zip)
  expect(report.overall).toBe('broken')
  return report.parts.filter(({ state }) => state === 'broken').map(({ part }) => part)
}
/** What is not in order, wherever nothing may be called valid: a part that was changed, or one that is not as it was given out. */
async function oddParts(zip: Uint8Array): Promise<string[]> {
  const report = await verify(zip)
  expect(['broken', 'not-whole', 'no-bundle']).toContain(report.overall)
  return report.parts.filter(({ fault }) => fault !== undefined).map(({ part }) => part)
}
function changed(name: string, edit: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  return writeZip(files.map((file) => (file.name === name ? { name, bytes: edit(file.bytes) } : file)))
}
function flip(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = new Uint8Array(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}

describe('a bundle', () => {
  it('[DOC-40] is valid under the authority given as certificate, as hexadecimal or as spoken fingerprint', async () => {
    for (const trusted of [root, { fingerprint: sample.authority.fingerprint }, { fingerprint: sample.authority.digits }]) {
      const report = await verify(sample.bundle, trusted)
      expect(report.parts.filter(({ state }) => state !== 'ok')).toEqual([])
      expect(report).toMatchObject({ overall: 'valid', authority: { trust: 'given', name: 'Bitim bitim.example' } })
      expect(report.completion?.signers.map(({ name }) => name)).toEqual([
        'Өмірбек Ұлжан Һәмитқызы',
        'Иванов Иван Сергеевич',
        'Қуат Әлібек',
      ])
      expect(report.text).toBe(sample.files.text)
    }
  })

  it('[DOC-68] names of any length and several people of one side verify, each with their own', async () => {
    const people = [
      { name: 'Мұхамедияров-Жангелдин Абдырахман-Нұрсұлтан Бекмұхаммедұлы Қожахметов', role: 'party', side: 'С'.repeat(200) },
      { name: 'Мұхамедияров-Жангелдин Абдырахман-Нұрсұлтан Бекмұхаммедұлы Қожахметова', role: 'party', side: 'С'.repeat(200) },
      { name: 'Я'.repeat(200), role: 'representative', side: 'ТОО «Щит и Ёлка»' },
      { name: 'Қуат Әлібек', role: 'mediator' },
    ] as const
    const made = await sampleSigning({ clock, entropy, people })
    const report = await verify(made.bundle, { certificateDer: made.authority.certificateDer })
    expect(report.overall).toBe('valid')
    expect(report.completion?.signers.map(({ name, side }) => ({ name, side }))).toEqual(
      people.map((person) => ({ name: person.name, side: 'side' in person ? person.side : undefined })),
    )
    const read = filesOf(made.bundle).filter(({ name }) => name.startsWith('certificates/signer-'))
    const subjects = read.map(({ bytes }) => readCertificate(fromPem('CERTIFICATE', fromUtf8(bytes)) ?? new Uint8Array()).subjectParts)
    expect(subjects.map((subject) => subject.get(OID.name) ?? subject.get(OID.commonName))).toEqual(people.map(({ name }) => name))
    expect(subjects.map((subject) => subject.get(OID.organizationName)?.slice(0, 3))).toEqual(['ССС', 'ССС', 'ТОО', undefined])
  })

  it('[DOC-41] is amber without an authority from elsewhere: the one inside is never believed', async () => {
    expect(await verifyBundle(subtle, sample.bundle)).toMatchObject({
      overall: 'consistent-authority-unknown',
      authority: { trust: 'unknown' },
    })
  })

  it('[DOC-41] is told apart under another authority, even one of the same name, and is never valid there', async () => {
    const other = await openAuthority(await makeAuthority({ clock, entropy, name: 'bitim.example' }))
    for (const trusted of [{ certificateDer: other.certificateDer }, { fingerprint: other.digits }, { fingerprint: '' }]) {
      expect(await verify(sample.bundle, trusted)).toMatchObject({ overall: 'other-authority', authority: { trust: 'other' } })
    }
  })

  it('[DOC-42] one changed byte in any file is found, and the file named, and no other', async () => {
    for (const { name, bytes } of files) {
      const places = [0, 1, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 2, bytes.length - 1]
      for (const at of places) {
        const zip = changed(name, (whole) => flip(whole, at))
        expect(await brokenParts(zip), `${name} at ${at}`).toEqual([name])
      }
    }
  })

  it('[DOC-42] one changed bit anywhere in the archive is found, and never named as something sound', async () => {
    const inside = contentRanges()
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.bundle.length - 1), fc.nat(7), async (at, bit) => {
        const range = inside.find(({ from, to }) => at >= from && at < to)
        const zip = flip(sample.bundle, at, bit)
        expect(range ? await brokenParts(zip) : await oddParts(zip)).toContain(range?.name ?? 'zip')
      }),
      { numRuns: 150 },
    )
  })

  it('[DOC-42] every byte of the archive around the files counts', async () => {
    const inside = contentRanges()
    const [first] = inside
    const last = inside.at(-1)
    if (!first || !last) throw new Error('no files')
    const around = [...Array(first.from).keys(), ...Array.from({ length: sample.bundle.length - last.to }, (_, i) => last.to + i)]
    for (const at of around) {
      const reading = readZip(flip(sample.bundle, at))
      expect(reading.ok && reading.exact && reading.damaged.length === 0, `byte ${at}`).toBe(false)
    }
  })

  it('[DOC-42] every character of chain and manifest counts', async () => {
    for (const name of [PART.chain, PART.manifest]) {
      const length = files.find((file) => file.name === name)?.bytes.length ?? 0
      for (let at = 0; at < length; at += Math.ceil(length / 60)) {
        expect(await brokenParts(changed(name, (bytes) => flip(bytes, at, 1))), `${name} at ${at}`).toEqual([name])
      }
    }
  })

  it('[DOC-42] where the chain names another sealing key, it is the chain that was changed, and no certificate is missed', async () => {
    const chain = fromUtf8(files.find(({ name }) => name === PART.chain)?.bytes ?? new Uint8Array())
    const keys = [...chain.matchAll(/"key": "sha-256:[0-9a-f]{64}"/g)]
    expect(keys).not.toEqual([])
    for (const { index } of keys) {
      const at = index + '"key": "sha-256:'.length + 20
      const other = `${chain.slice(0, at)}${chain[at] === '0' ? '1' : '0'}${chain.slice(at + 1)}`
      expect(await brokenParts(changed(PART.chain, () => utf8(other))), `at ${at}`).toEqual([PART.chain])
    }
  })

  it('[DOC-43] extra, missing, doubled, renamed and reordered files and paths that climb are named, and never valid', async () => {
    const extra = { name: 'note.txt', bytes: utf8('hello') }
    expect(await oddParts(writeZip([...files, extra]))).toEqual(['note.txt'])
    expect(await oddParts(writeZip([...files, { ...extra, name: '../../etc/passwd' }]))).toEqual(['../../etc/passwd'])
    for (const { name } of files) expect(await oddParts(writeZip(files.filter((file) => file.name !== name)))).toEqual([name])
    for (const { name } of files)
      expect(await oddParts(writeZip(files.map((file) => (file.name === name ? { ...file, name: 'x' } : file))))).toEqual(
        expect.arrayContaining([name]),
      )
    expect(await brokenParts(writeZip([...files, ...files.slice(1, 2)]))).toContain('zip')
    expect(await oddParts(writeZip([...files].reverse()))).toEqual(['zip'])
    const crowd = Array.from({ length: 300 }, (_, i) => ({ ...extra, name: `${i}` }))
    expect(await oddParts(writeZip([...files, ...crowd]))).toContain('zip')
    expect(await oddParts(writeZip([...files, ...crowd, ...crowd, ...crowd, ...crowd]))).toEqual(['zip'])
  })

  it('[DOC-43] anything before, behind or packed otherwise is named, and never valid', async () => {
    expect(await oddParts(Buffer.concat([sample.bundle, Buffer.from('x')]))).toEqual(['zip'])
    expect(await oddParts(Buffer.concat([Buffer.from('x'), sample.bundle]))).toEqual(['zip'])
    expect(await oddParts(sample.bundle.subarray(0, -1))).toEqual(['zip'])
    expect(await oddParts(zipSync(unzipSync(sample.bundle)))).toEqual(['zip'])
    expect(await oddParts(new Uint8Array())).toEqual(['zip'])
    const bomb = zipSync({ 'agreement.pdf': new Uint8Array(80_000_000) }, { level: 9 })
    expect(await verify(bomb)).toMatchObject({ overall: 'no-bundle', parts: [{ fault: 'too-large' }] })
  })

  it('[DOC-43] random bytes and cut-off bundles never make it throw', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await oddParts(bytes))))
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.bundle.length - 1), async (length) => void (await oddParts(sample.bundle.subarray(0, length)))),
      { numRuns: 30 },
    )
    const packed = zipSync(unzipSync(sample.bundle))
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 1), fc.nat(7), async (at, bit) => void (await oddParts(flip(packed, at, bit)))),
      { numRuns: 60 },
    )
  })

  it('[DOC-44] a chain forged anew from true records in another order, or with one taken away or doubled, is refused', async () => {
    const [frozen, one, two, mediator, release] = sample.records
    if (!frozen || !one || !two || !mediator || !release) throw new Error('no records')
    const forged = [
      [frozen, one, mediator, two, release],
      [frozen, one, mediator, release],
      [frozen, one, two, two, mediator, release],
      [one, two, mediator, release],
      [frozen, one, two, mediator],
      [frozen, { ...one, method: { read: 'self', confirmation: 'password' } }, two, mediator, release],
      [{ ...frozen, language: 'ru' }, one, two, mediator, release],
      [frozen, one, two, mediator, { ...release, releasedAt: 1 }],
      [frozen, one, two, mediator, release, { record: 'message', text: 'joint talk' }],
    ]
    for (const records of forged) expect(await brokenParts(await forgedChain(records))).toContain(PART.chain)
  })

  it('[DOC-43] [DOC-44] no forged record, whatever value stands in it, is accepted or makes the verifier throw', async () => {
    const leaf = fc.constantFrom<unknown>(
      0,
      -1,
      1e300,
      8.64e15,
      '',
      'A',
      'AAAAA',
      '=',
      '\ud800',
      null,
      [],
      {},
      'constructor',
      sample.authority.fingerprint,
      'e30=',
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.records.length - 1), fc.nat(30), leaf, async (index, at, value) => {
        const record = structuredClone(sample.records[index]) as unknown as Record<string, unknown>
        const key = Object.keys(record)[at % Object.keys(record).length] ?? ''
        if (JSON.stringify(record[key]) === JSON.stringify(value)) return
        record[key] = value
        const zip = await forgedChain(sample.records.map((other, i) => (i === index ? record : other)))
        expect(['broken', 'unsupported']).toContain((await verify(zip)).overall)
      }),
      { numRuns: 200 },
    )
  })

  it('[DOC-44] records of this case under another case or audience are refused', async () => {
    for (const other of [{ caseId: 'x'.repeat(22) as never }, { audience: 'all' as const }]) {
      expect(await brokenParts(await forgedChain(sample.records, other))).not.toEqual([])
    }
  })

  it('[DOC-30] is the same bytes whoever makes it from the same chain, and is a plain zip', async () => {
    const given = {
      closed: sample,
      files: sample.files,
      authorityDer: sample.authority.certificateDer,
      sealingCertificates: [sample.sealingKey.certificateDer],
    }
    expect(Buffer.from(await makeBundle(subtle, given)).equals(sample.bundle)).toBe(true)
    expect(Object.keys(unzipSync(sample.bundle))).toEqual(files.map(({ name }) => name))
  })

  it('[DOC-31] holds what openssl verifies for each signer with the files alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bitim-bundle-'))
    try {
      for (const { name, bytes } of files) {
        mkdirSync(join(folder, dirname(name)), { recursive: true })
        writeFileSync(join(folder, name), bytes)
      }
      const signatures = files.filter(({ name }) => name.endsWith('.p7s'))
      expect(signatures.map(({ name }) => name)).toEqual([
        'signatures/1-party.p7s',
        'signatures/2-representative.p7s',
        'signatures/3-mediator.p7s',
      ])
      for (const { name } of signatures) {
        const args = [
          '-verify',
          '-cades',
          '-binary',
          '-inform',
          'DER',
          '-in',
          name,
          '-content',
          'agreement.pdf',
          '-CAfile',
          'certificates/authority.pem',
        ]
        execFileSync(
          'openssl',
          ['cms', ...args, '-purpose', 'any', '-attime', String(Math.floor(clock.now() / 1000)), '-out', '/dev/null'],
          { cwd: folder, stdio: 'pipe' },
        )
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('[DOC-32] the manifest lists every other file with its digest', () => {
    const manifest = JSON.parse(fromUtf8(files.at(-1)?.bytes ?? new Uint8Array())) as {
      format: string
      parts: { name: string; size: number; digest: string }[]
    }
    const expected = files
      .slice(0, -1)
      .map(({ name, bytes }) => ({ name, size: bytes.length, digest: `sha-256:${createHash('sha256').update(bytes).digest('hex')}` }))
    expect(manifest.format).toBe('bitim-bundle/2')
    expect(manifest.parts).toEqual(expected)
  })
})

/** The bundle with a chain of these records, hashed anew, under the true closing with its head made to fit. */
async function forgedChain(records: readonly object[], place: Partial<Parameters<typeof chainOf>[1]> = {}): Promise<Uint8Array> {
  const [event] = sample.events
  if (!event) throw new Error('no events')
  const { caseId, audience, at } = event
  const events = await chainOf(records, { caseId, audience, at, entropy, ...place })
  const closing = { ...sample.closing, head: headOf(events) }
  return changed(PART.chain, () => utf8(chainJson({ events, closing })))
}

/** Where each file's content lies in the archive. */
function contentRanges(): { name: string; from: number; to: number }[] {
  let at = 0
  return files.map(({ name, bytes }) => {
    const from = at + 30 + utf8(name).length
    at = from + bytes.length
    return { name, from, to: at }
  })
}
