// A verifier by docs/bundle-format.md alone, with nothing of ours: what is told there suffices to check chain and seals of both formats.
import { createHash, randomBytes, verify as verifySignature, X509Certificate } from 'node:crypto'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fixtureFile } from '#server/testing/fixture.ts'
import { sampleSigning } from './sample-signing.ts'

type Json = Record<string, unknown>
interface ChainEvent extends Json {
  readonly body: string
  readonly salt: string
  readonly bodyDigest: string
  readonly previous: string
  readonly hash: string
}
interface Chain {
  readonly format: string
  readonly events: readonly ChainEvent[]
  readonly closing?: Json & { readonly head: { readonly m: number; readonly digest: string } }
}

const sha256 = (...data: readonly (string | Uint8Array)[]) => data.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const raw = (text: string) => Buffer.from(text, 'base64url')
const named = (data: Uint8Array) => `sha-256:${sha256(data).toString('hex')}`

function lengthPrefixed(...fields: readonly unknown[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const bytes = field instanceof Uint8Array ? Buffer.from(field) : Buffer.from(String(field))
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

function chainHolds({ events }: Chain): boolean {
  let previous: Buffer = Buffer.alloc(32)
  return events.every((event, index) => {
    const { caseId, audience, epoch, m, type, version, by, at, seen, bodyDigest } = event
    const header = lengthPrefixed(
      'bitim-event/1',
      ...[caseId, audience, epoch, m, type, version, by, at, seen],
      raw(bodyDigest),
      raw(event.previous),
    )
    const sound =
      m === index + 1 &&
      sha256(raw(event.salt), event.body).equals(raw(bodyDigest)) &&
      raw(event.previous).equals(previous) &&
      sha256(header).equals(raw(event.hash))
    previous = raw(event.hash)
    return sound
  })
}

function sealHolds(caseId: unknown, { seal, ...record }: Json, certificates: readonly X509Certificate[]): boolean {
  const { scheme = 'bitim-seal/1', at, key, value } = seal as { scheme?: string; at: number; key: string; value: string }
  const first = scheme === 'bitim-seal/1'
  const content = Buffer.from(canonical(record))
  const message = lengthPrefixed(scheme, caseId, record.record, key, at, first ? sha256(content) : named(content))
  const certificate = certificates.find(({ raw: der }) => (first ? sha256(der).toString('hex') : named(der)) === key)
  if (!certificate) return false
  return verifySignature('sha256', message, { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' }, raw(value))
}

function open(bundle: Uint8Array) {
  const files = unzipSync(bundle)
  const text = (name: string) => Buffer.from(files[name] ?? []).toString()
  const chain = JSON.parse(text('chain.json')) as Chain
  const sealing = Object.keys(files).filter((name) => name.startsWith('certificates/sealing-'))
  const records = chain.events.filter(({ type }) => String(type).endsWith(':sealed')).map(({ body }) => JSON.parse(body) as Json)
  return {
    chain,
    records,
    certificates: sealing.map((name) => new X509Certificate(text(name))),
    authority: text('certificates/authority.pem'),
    manifest: JSON.parse(text('manifest.json')) as Json,
  }
}

/** Wherever a bundle names the document: the event of its freezing, the sealed record, the manifest. */
function documentsNamed({ chain, records, manifest }: ReturnType<typeof open>): readonly unknown[] {
  const told = chain.events.filter(({ type }) => type === 'version:frozen').map(({ body }) => JSON.parse(body) as Json)
  return [...told, ...records.filter(({ record }) => record === 'frozen'), manifest].map(({ documentId }) => documentId)
}

function holds({ chain, records, certificates, authority }: ReturnType<typeof open>): boolean {
  const root = new X509Certificate(authority).publicKey
  const sealed = [...records, ...(chain.closing ? [chain.closing] : [])]
  const last = chain.events.at(-1)
  const closed =
    !chain.closing || (chain.closing.head.m === last?.m && chain.closing.head.digest === `sha-256:${raw(last.hash).toString('hex')}`)
  return (
    chainHolds(chain) &&
    closed &&
    certificates.every((certificate) => certificate.verify(root)) &&
    sealed.every((record) => sealHolds(chain.events[0]?.caseId, record, certificates))
  )
}

describe('a verifier that knows the documented format alone', () => {
  it('[DOC-31] finds a bundle of the second format good, and each seal of it needed', async () => {
    const { bundle } = await sampleSigning({
      clock: { now: () => Date.UTC(2026, 10, 22, 9) },
      entropy: { bytes: (count) => randomBytes(count) },
    })
    const opened = open(bundle)
    expect(opened.chain.format).toBe('bitim-chain/2')
    expect(opened.records.map(({ record }) => record)).toEqual(['frozen', 'signature', 'signature', 'signature', 'release'])
    expect(opened.chain.closing?.record).toBe('closing')
    expect(holds(opened)).toBe(true)
    for (const index of opened.records.keys()) {
      const records = opened.records.map((record, i) => (i === index ? { ...record, versionId: 'x' } : record))
      expect(holds({ ...opened, records })).toBe(false)
    }
    const [first, ...rest] = opened.chain.events
    if (!first) throw new Error('no events')
    expect(holds({ ...opened, chain: { ...opened.chain, events: [{ ...first, at: 1 }, ...rest] } })).toBe(false)
  })

  it('[DOC-37] reads which document was frozen in three places that agree, under the seal; of before there is none', async () => {
    const { bundle } = await sampleSigning({
      clock: { now: () => Date.UTC(2026, 10, 22, 9) },
      entropy: { bytes: (count) => randomBytes(count) },
    })
    const opened = open(bundle)
    expect(documentsNamed(opened)).toEqual(Array(3).fill(opened.manifest.caseId))
    const records = opened.records.map((record) => (record.record === 'frozen' ? { ...record, documentId: 'x'.repeat(22) } : record))
    expect(holds({ ...opened, records })).toBe(false)
    expect(documentsNamed(open(fixtureFile('2026-11', 'bundle.zip')))).toEqual(Array(3).fill(undefined))
  })

  it('[DOC-31] finds a bundle of the first format good', () => {
    const opened = open(fixtureFile('2026-11', 'bundle.zip'))
    expect(opened.chain.format).toBe('bitim-chain/1')
    expect(holds(opened)).toBe(true)
  })
})
