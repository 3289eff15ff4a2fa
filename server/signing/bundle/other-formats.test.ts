// Bundles that this release did not make: an older one's, a newer one's, and one that was signed in a way that nobody here knows.
import { randomBytes, webcrypto } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixtureFile } from '#server/testing/fixture.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import type { TrustedRoot } from '#shared/signing/bundle/report.ts'
import { writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { releaseSealed } from '#shared/signing/chain-protocol.ts'
import { digestOf } from '#shared/signing/named-digest.ts'
import { seal } from '#shared/signing/seal.ts'
import type { ClosingRecord } from '#shared/signing/sealed-records.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { chainIn, filesOf, jsonOf, relinked, repacked, withChain } from '../testing/forger.ts'
import { makeBundle } from './make-bundle.ts'
import { chainOf, headOf, openingOf, type SampleSigning, sampleSigning } from './sample-signing.ts'

const subtle = webcrypto.subtle
const clock = { now: () => Date.UTC(2026, 10, 22, 9, 3, 22, 500) }
const entropy = { bytes: (count: number) => randomBytes(count) }

describe('a bundle of the first format', () => {
  const files = filesOf(fixtureFile('2026-11', 'bundle.zip'))
  const certificateDer = fromPem('CERTIFICATE', fromUtf8(fixtureFile('2026-11', 'authority.pem'))) ?? new Uint8Array()
  const verify = (zip: Uint8Array) => verifyBundle(subtle, zip, { certificateDer })

  it('[DOC-47] is valid, and says what it does not cover', async () => {
    expect(await verify(fixtureFile('2026-11', 'bundle.zip'))).toMatchObject({ overall: 'valid', format: 1, notCovered: ['chain-headers'] })
  })

  it('[DOC-47] says so rightly: times, authors and kinds of its events can be rewritten, its records cannot', async () => {
    const chain = chainIn(files)
    const headers = chain.events.map((event) => ({
      ...event,
      ...{ at: 1, by: 'system' as const, epoch: 7, seen: 'x' },
      ...(event.type.endsWith(':sealed') ? { type: 'x:done' } : {}),
    }))
    expect(await verify(await withChain(files, await relinked({ ...chain, events: headers })))).toMatchObject({
      overall: 'valid',
      notCovered: ['chain-headers'],
    })
    for (const [i, { body }] of chain.events.entries()) {
      const record = JSON.parse(body ?? '') as { seal?: { at: number } }
      if (!record.seal) continue
      const later = JSON.stringify({ ...record, seal: { ...record.seal, at: record.seal.at + 1 } })
      const events = chain.events.map((event, at) => (at === i ? { ...event, body: later } : event))
      expect((await verify(await withChain(files, await relinked({ ...chain, events })))).overall).toBe('broken')
    }
  })

  it('[DOC-47] is no bundle of the second format, whoever calls it one', async () => {
    const renamed = (name: string, from: string, to: string): readonly ZipFile[] =>
      files.map((file) => (file.name === name ? { name, bytes: utf8(fromUtf8(file.bytes).replace(from, to)) } : file))
    expect((await verify(await repacked(renamed(PART.chain, 'bitim-chain/1', 'bitim-chain/2')))).overall).toBe('broken')
    expect((await verify(writeZip(renamed(PART.manifest, 'bitim-bundle/1', 'bitim-bundle/2')))).overall).toBe('broken')
    const other = await sampleSigning({ clock, entropy })
    expect((await verify(await withChain(files, { ...chainIn(files), closing: other.closing }))).overall).toBe('broken')
  })
})

describe('what this verifier does not know', () => {
  let sample: SampleSigning
  let files: readonly ZipFile[]
  let root: TrustedRoot
  beforeAll(async () => {
    sample = await sampleSigning({ clock, entropy })
    files = filesOf(sample.bundle)
    root = { certificateDer: sample.authority.certificateDer }
  })

  it('[DOC-48] a newer format is named, and nothing of it is called good or broken', async () => {
    for (const [name, from, to] of [
      [PART.chain, 'bitim-chain/2', 'bitim-chain/3'],
      [PART.manifest, 'bitim-bundle/2', 'bitim-bundle/12'],
    ] as const) {
      const newer = files.map((file) => (file.name === name ? { name, bytes: utf8(fromUtf8(file.bytes).replace(from, to)) } : file))
      const report = await verifyBundle(subtle, name === PART.chain ? await repacked(newer) : writeZip(newer), root)
      expect(report.overall).toBe('unsupported')
      expect(report.parts.find(({ part }) => part === name)).toEqual({ part: name, state: 'unchecked', fault: 'newer-format' })
      expect(report.parts.every(({ state }) => state === 'unchecked')).toBe(true)
      expect(report.completion).toBeUndefined()
    }
    for (const odd of ['bitim-chain/0', 'bitim-chain/03', 'bitim-chain/-3', 'bitim-chain/3x', 'bitim-chain'])
      expect((await verifyBundle(subtle, await repacked(inChain('bitim-chain/2', odd)), root)).overall).toBe('broken')
  })

  it('[DOC-48] a record of a newer release is named with its event', async () => {
    const chain = chainIn(files)
    const events = chain.events.map((event) => (event.type === 'signature:sealed' ? { ...event, version: 3 } : event))
    const report = await verifyBundle(subtle, await withChain(files, await relinked({ ...chain, events })), root)
    expect(report).toMatchObject({ overall: 'unsupported' })
    expect(report.parts.find(({ part }) => part === PART.chain)).toMatchObject({ fault: 'newer-format', seq: 6 })
  })

  it('[DOC-49] a scheme of signatures or seals that it does not know is named, and never valid', async () => {
    const [frozen, first, ...rest] = sample.records
    const [event] = sample.events
    if (frozen?.record !== 'frozen' || first?.record !== 'signature' || !event) throw new Error('no records')
    for (const unknown of [
      { ...first, scheme: 'ncalayer-gost/1' },
      { ...first, scheme: 'constructor' },
      { ...first, seal: { ...first.seal, scheme: 'bitim-seal/9' } },
    ]) {
      const events = await chainOf([...openingOf(frozen), frozen, unknown, ...rest], { ...event, entropy })
      const closing = { ...sample.closing, head: headOf(events) }
      const report = await verifyBundle(subtle, await withChain(files, { events, closing }), root)
      expect(report.overall).toBe('unsupported')
      expect(report.parts.find(({ part }) => part === PART.chain)).toMatchObject({ state: 'unchecked', fault: 'unknown-scheme', seq: 6 })
    }
    const closing = { ...sample.closing, seal: { ...sample.closing.seal, scheme: 'bitim-seal/9' as never } }
    expect((await verifyBundle(subtle, await withChain(files, { ...chainIn(files), closing }), root)).overall).toBe('unsupported')
  })

  it('[DOC-48] a damaged archive is broken, whatever a damaged digit in it says', async () => {
    const at = Buffer.from(sample.bundle).indexOf('bitim-chain/2') + 'bitim-chain/'.length
    const flipped = new Uint8Array(sample.bundle)
    flipped[at] = 0x33
    const report = await verifyBundle(subtle, flipped, root)
    expect(report.overall).toBe('broken')
    expect(report.parts.find(({ state }) => state === 'broken')?.part).toBe(PART.chain)
  })

  function inChain(from: string, to: string): readonly ZipFile[] {
    return files.map((file) => (file.name === PART.chain ? { ...file, bytes: utf8(fromUtf8(file.bytes).replace(from, to)) } : file))
  }
})

describe('a release of an earlier version of its record', () => {
  it('[SIG-191] is packed and verified as it was', async () => {
    const sample = await sampleSigning({ clock, entropy })
    const { closing, sealingKey, authority, files } = sample
    const release = sample.records.at(-1)
    const [event] = sample.events
    if (release?.record !== 'release' || !event) throw new Error('no release')
    const { caseId } = event
    const { confirmed: _, seal: sealedBefore, ...payload } = release
    const earlier = { ...payload, seal: await seal(subtle, sealingKey, { caseId, kind: 'release', payload, at: sealedBefore.at }) }
    const { events } = await relinked({
      events: sample.events.map((each) =>
        each.type === releaseSealed.name ? { ...each, version: 2, body: JSON.stringify(earlier) } : each,
      ),
      closing,
    })
    const { seal: closedBefore, ...rest } = closing
    const closed = { ...rest, head: headOf(events) }
    const closedAgain = await seal(subtle, sealingKey, { caseId, kind: 'closing', payload: closed, at: closedBefore.at })
    const authorityDer = authority.certificateDer
    const sealingCertificates = [sealingKey.certificateDer]
    const chain = { events, closing: { ...closed, seal: closedAgain } }
    const report = await verifyBundle(subtle, await makeBundle(subtle, { closed: chain, files, authorityDer, sealingCertificates }), {
      certificateDer: authorityDer,
    })
    expect(report).toMatchObject({ overall: 'valid', format: 2 })
    expect(report.completion).not.toHaveProperty('confirmed')
  })

  it('[SIG-191] and one of a later release is neither good nor broken', async () => {
    const sample = await sampleSigning({ clock, entropy })
    const chain = chainIn(filesOf(sample.bundle))
    const events = chain.events.map((each) => (each.type === releaseSealed.name ? { ...each, version: 4 } : each))
    const report = await verifyBundle(subtle, await withChain(filesOf(sample.bundle), await relinked({ ...chain, events })))
    expect(report.overall).toBe('unsupported')
  })
})

describe('the room for evidence', () => {
  it('[DOC-36] parts that the closing record names by digest belong to the bundle; without them it is not whole, changed or unnamed it is broken', async () => {
    const sample = await sampleSigning({ clock, entropy })
    const files = filesOf(sample.bundle)
    const evidence = { name: 'evidence/ocsp-1.ors', bytes: utf8('an answer about a certificate') }
    const { seal: _, ...before } = sample.closing
    const payload: Omit<ClosingRecord, 'seal'> = {
      ...before,
      evidence: [{ name: evidence.name, digest: await digestOf(subtle, evidence.bytes) }],
    }
    const [event] = sample.events
    if (!event) throw new Error('no events')
    const sealed = { caseId: event.caseId, kind: 'closing', payload, at: sample.closing.seal.at } as const
    const closing = { ...payload, seal: await seal(subtle, sample.sealingKey, sealed) }
    const chained = filesOf(await withChain(files, { events: sample.events, closing }))
    const chainAt = chained.findIndex(({ name }) => name === PART.chain)
    const bundle = (...parts: readonly ZipFile[]) => repacked([...chained.slice(0, chainAt), ...parts, ...chained.slice(chainAt)])
    const verify = async (zip: Uint8Array) => verifyBundle(subtle, zip, { certificateDer: sample.authority.certificateDer })

    const report = await verify(await bundle(evidence))
    expect(report.overall).toBe('valid')
    expect(report.parts.find(({ part }) => part === evidence.name)?.state).toBe('ok')
    expect(jsonOf<{ parts: { name: string }[] }>(filesOf(await bundle(evidence)), PART.manifest).parts.map(({ name }) => name)).toContain(
      evidence.name,
    )
    expect((await verify(await bundle())).overall).toBe('not-whole')
    expect((await verify(await bundle({ ...evidence, bytes: utf8('another') }))).overall).toBe('broken')
    expect((await verify(await bundle(evidence, { ...evidence, name: 'evidence/ocsp-2.ors' }))).overall).toBe('broken')
  })
})
