// Everything that a bundle of the second format holds is under a seal, a signature, or follows from what is: whoever has no key changes nothing.
import { randomBytes, webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { base64url, fromBase64url, fromUtf8, hex, utf8 } from '#shared/kernel/bytes.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import { writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { chainIn, type ForgedChain, filesOf, relinked, repacked, withChain } from '../testing/forger.ts'
import { type SampleSigning, sampleSigning } from './sample-signing.ts'

const subtle = webcrypto.subtle
const clock = { now: () => Date.UTC(2026, 10, 22, 9, 3, 22, 500) }
const entropy = { bytes: (count: number) => randomBytes(count) }

let sample: SampleSigning
let files: readonly ZipFile[]
let chain: ForgedChain
beforeAll(async () => {
  sample = await sampleSigning({ clock, entropy })
  files = filesOf(sample.bundle)
  chain = chainIn(files)
})

/** Broken under the true authority, and under none as well: not even "consistent". */
async function expectBroken(zip: Uint8Array, what: string): Promise<void> {
  for (const root of [{ certificateDer: sample.authority.certificateDer }, undefined])
    expect((await verifyBundle(subtle, zip, root)).overall, what).toBe('broken')
}

async function expectEventCounts(index: number, change: Partial<Record<keyof WireEvent, unknown>>): Promise<void> {
  const events = chain.events.map((event, i) => (i === index ? ({ ...event, ...change } as WireEvent) : event))
  await expectBroken(await withChain(files, await relinked({ ...chain, events })), `event ${index + 1}: ${JSON.stringify(change)}`)
}

function written(content: object): string {
  return `${JSON.stringify({ format: 'bitim-chain/2', digests: 'sha-256', ...content }, null, 1)}\n`
}

describe('a bundle of the second format without a key', () => {
  it('[DOC-46] repacking it unchanged is no forgery: the forger of this test forges well', async () => {
    const again = await withChain(files, await relinked(chain))
    expect(Buffer.from(again).equals(sample.bundle)).toBe(true)
    expect(await verifyBundle(subtle, again, { certificateDer: sample.authority.certificateDer })).toMatchObject({
      overall: 'valid',
      format: 2,
      notCovered: [],
    })
  })

  it('[DOC-46] no header of any event can be written anew, with every hash made again', async () => {
    const [first] = chain.events
    const changes: Partial<Record<keyof WireEvent, unknown>>[] = [
      { at: (first?.at ?? 0) + 1 },
      { by: sample.records[0]?.record === 'frozen' ? sample.records[0].signers[0]?.participantId : '' },
      { by: 'nobody' },
      { epoch: 2 },
      { type: 'message:posted' },
      { type: 'room:left' },
      { version: 3 },
      { seen: `1:1:${'A'.repeat(43)}` },
      { salt: base64url(randomBytes(16)) },
      { salt: '' },
      { seq: 1000 },
    ]
    for (const index of chain.events.keys()) {
      for (const change of changes) {
        if (change.version === 3 && chain.events[index]?.type.endsWith(':sealed')) continue // a newer release's, see DOC-48
        await expectEventCounts(index, change)
      }
    }
  }, 120_000)

  it('[DOC-46] nor to any value whatever', async () => {
    const value = fc.oneof(fc.nat(), fc.string({ maxLength: 20 }), fc.constantFrom('system', '', 0, Number.MAX_SAFE_INTEGER))
    const field = fc.constantFrom('epoch', 'seq', 'type', 'by', 'at', 'seen', 'salt', 'caseId', 'audience')
    await fc.assert(
      fc.asyncProperty(fc.nat(chain.events.length - 1), field, value, async (index, name, to) => {
        if (chain.events[index]?.[name as keyof WireEvent] === to) return
        await expectEventCounts(index, { [name]: to }).catch((error: unknown) => {
          if (!(error instanceof TypeError)) throw error // what is no base64url cannot even be hashed
        })
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('[DOC-46] nor its body, its place, its case or its room', async () => {
    const { events } = chain
    const frozen = events.findIndex(({ type }) => type === 'version:frozen')
    const told = JSON.parse(events[frozen]?.body ?? '') as Record<string, unknown>
    await expectEventCounts(frozen, { body: JSON.stringify({ ...told, textFileId: 'f'.repeat(22) }) })
    const forged: (readonly WireEvent[])[] = [
      events.slice(1).map((event, i) => ({ ...event, seq: i + 1 })),
      events.slice(frozen + 1).map((event, i) => ({ ...event, seq: i + 1 })),
      [events[1], events[0], ...events.slice(2)].flatMap((event, i) => (event ? [{ ...event, seq: i + 1 }] : [])),
      [...events.slice(0, 1), ...events].map((event, i) => ({ ...event, seq: i + 1 })),
      events.map((event) => ({ ...event, caseId: 'x'.repeat(22) as never })),
      events.map((event) => ({ ...event, audience: 'all' as const })),
    ]
    for (const [i, other] of forged.entries())
      await expectBroken(await withChain(files, await relinked({ ...chain, events: other })), `chain ${i}`)
  })

  it('[DOC-46] nor the record that closes the chain', async () => {
    const { closing } = chain
    if (!closing) throw new Error('not closed')
    const { seal, head } = closing
    const value = fromBase64url(seal.value)
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const s = BigInt(`0x${hex(value.subarray(32))}`)
    const highS = base64url(Buffer.concat([value.subarray(0, 32), Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')]))
    const others: readonly object[] = [
      { ...closing, versionId: 'v'.repeat(22) },
      { ...closing, head: { ...head, m: head.m - 1 } },
      { ...closing, head: { ...head, digest: `sha-256:${'0'.repeat(64)}` } },
      { ...closing, evidence: [{ name: 'evidence/1.ors', digest: `sha-256:${'0'.repeat(64)}` }] },
      { ...closing, seal: { ...seal, at: seal.at + 1 } },
      { ...closing, seal: { ...seal, value: highS } },
      { ...closing, seal: { ...seal, value: sample.records[0]?.seal.value } },
      { ...closing, seal: { ...seal, key: sample.records[1]?.record === 'signature' ? sample.records[1].certificateDigest : '' } },
      { ...closing, seal: { ...seal, scheme: 'bitim-seal/1' } },
      { ...closing, note: 'hello' },
      { ...sample.records.at(-1) },
    ]
    for (const [i, other] of others.entries())
      await expectBroken(await withChain(files, written({ events: chain.events, closing: other })), `closing ${i}`)
    const other = await sampleSigning({ clock, entropy })
    await expectBroken(await withChain(files, { ...chain, closing: other.closing }), 'of another agreement')
  })

  it('[DOC-46] nor any file, under a manifest made to fit', async () => {
    for (const [i, { name, bytes }] of files.entries()) {
      if (name === PART.manifest) continue
      const middle = new Uint8Array(bytes)
      const at = Math.floor(bytes.length / 2)
      middle[at] = (middle[at] ?? 0) ^ 1
      const others = [middle, bytes.subarray(0, -1), Buffer.concat([bytes, utf8('\n')]), Buffer.concat([utf8('\ufeff'), bytes]), utf8('')]
      for (const [kind, other] of others.entries()) {
        const zip = await repacked(files.map((file, at) => (at === i ? { name, bytes: other } : file)))
        await expectBroken(zip, `${name} ${kind}`)
      }
    }
  }, 60_000)

  it('[DOC-46] nor how chain and manifest are written', async () => {
    const text = fromUtf8(files.find(({ name }) => name === PART.chain)?.bytes ?? new Uint8Array())
    const { closing, ...rest } = JSON.parse(text) as Record<string, unknown>
    const writings = [
      JSON.stringify(JSON.parse(text)),
      `${text}\n`,
      text.trimEnd(),
      text.replace('{', '{ '),
      text.replace('"digests": "sha-256",', '"digests": "sha-256",\n "digests": "sha-256",'),
      text.replace('"sha-256"', '"sha-512"'),
      text.replace(/\n {3}"epoch": 1,/, '\n   "epoch": 1.0,'),
      `${JSON.stringify({ closing, ...rest }, null, 1)}\n`,
      `${JSON.stringify({ ...rest, closing, more: 1 }, null, 1)}\n`,
    ]
    for (const [i, writing] of writings.entries()) await expectBroken(await withChain(files, writing), `writing ${i}`)
    const manifest = fromUtf8(files.at(-1)?.bytes ?? new Uint8Array())
    for (const other of [manifest.replace('bitim-bundle/2', 'bitim-bundle/1'), manifest.replace('{', '{ '), `${manifest}\n`])
      await expectBroken(writeZip([...files.slice(0, -1), { name: PART.manifest, bytes: utf8(other) }]), 'manifest')
  })

  it('[DOC-47] it cannot be passed off as one of the first format, whose headers no seal covers', async () => {
    const open: ForgedChain = { events: chain.events, closing: undefined }
    await expectBroken(await withChain(files, open), 'closing taken away')
    const stripped = await repacked(
      filesOf(await withChain(files, open)).map((file) =>
        file.name === PART.manifest ? { ...file, bytes: utf8(fromUtf8(file.bytes).replace('bitim-bundle/2', 'bitim-bundle/1')) } : file,
      ),
    )
    await expectBroken(stripped, 'written as the first format')
    const first = JSON.stringify({ format: 'bitim-chain/1', events: chain.events }, null, 1)
    await expectBroken(await withChain(files, `${first}\n`), 'chain of the first format')
  })
})
