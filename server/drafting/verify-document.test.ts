import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openBytes, sealBytes } from '#server/log/body-cipher.ts'
import { bytes, newCase, newDocument, upTo } from '#server/storage/contracts/samples.ts'
import type { DocumentPlace, DraftEntry, DraftEntryKind, DraftStore } from '#server/storage/ports.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { asId, type DocumentId, type ParticipantId } from '#shared/kernel/ids.ts'
import { CHAIN_START, type ChainState, chainAfter } from './document-chain.ts'
import { DocumentCipher, oldEntryContext } from './document-cipher.ts'
import { verifyDocumentChain } from './verify-document.ts'
import { NO_WRITERS } from './writers.ts'

const KEY = new Uint8Array(32).fill(7)
const entropy = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const sealer = {
  seal: (context: string, plain: Uint8Array) => sealBytes(KEY, plain, utf8(context), entropy),
  open: (context: string, encrypted: Uint8Array) => openBytes(KEY, encrypted, utf8(context)),
}
const BY = asId<ParticipantId>('aigul'.padEnd(22, '0'))

/** What a store answers, to be changed by hand. */
interface Rest {
  entries: DraftEntry[]
  snapshot: Awaited<ReturnType<DraftStore['snapshot']>>
}

interface Sample {
  readonly place: DocumentPlace
  readonly rest: Rest
  readonly chains: readonly ChainState[]
  readonly verify: (head?: { u: number; hash: Uint8Array }) => ReturnType<typeof verifyDocumentChain>
}

/** Twelve entries; what a snapshot at 6 covers is gone but for its marks. */
function sample(place = newDocument(), { compacted = true, epoch = 1 } = {}): Sample {
  const cipher = new DocumentCipher(place, sealer)
  const marks: Readonly<Record<number, DraftEntryKind>> = { 2: 'claim', 4: 'claim', 9: 'close', 10: 'reopen' }
  const entries: DraftEntry[] = []
  const chains: ChainState[] = []
  for (let u = 1, chain = CHAIN_START; u <= 12; u++) {
    const entry = cipher.entry({ u, kind: marks[u] ?? 'update', by: BY, plain: entropy.bytes(40) }, { at: 1_000 + u, epoch, chain })
    chain = chainAfter(entry, chain)
    entries.push(entry)
    chains.push(chain)
  }
  const rest: Rest = { entries, snapshot: undefined }
  const sixth = chains[5]
  if (compacted && sixth) {
    rest.entries = entries.filter(({ u, kind }) => u > 6 || kind !== 'update')
    const snapshot = {
      u: 6,
      textU: 6,
      anewAt: 0,
      chain: sixth,
      writers: NO_WRITERS,
      structure: entropy.bytes(9),
      update: entropy.bytes(99),
    }
    rest.snapshot = cipher.snapshot(snapshot, epoch)
  }
  const store = {
    read: async (_place: DocumentPlace, after: number, limit: number) => rest.entries.filter(({ u }) => u > after).slice(0, limit),
    readMarks: async () => rest.entries.filter(({ kind }) => kind !== 'update'),
    snapshot: async () => rest.snapshot,
    archived: async () => [],
    archivedCopy: async () => undefined,
  }
  return { place, rest, chains, verify: (head) => verifyDocumentChain({ store, cipher, place, ...(head && { head }) }) }
}

function change({ rest }: Sample, u: number, to: Partial<DraftEntry>): void {
  rest.entries = rest.entries.map((entry) => (entry.u === u ? { ...entry, ...to } : entry))
}
function leaveOut({ rest }: Sample, u: number): void {
  rest.entries = rest.entries.filter((entry) => entry.u !== u)
}
function renumberSnapshot({ rest }: Sample, u: number): void {
  rest.snapshot = rest.snapshot && { ...rest.snapshot, u }
}
function entryAt({ rest }: Sample, u: number): DraftEntry {
  const found = rest.entries.find((entry) => entry.u === u)
  if (!found) throw new Error(`no entry ${u}`)
  return found
}
const flipped = (bytes: Uint8Array | undefined) => Uint8Array.from(bytes ?? [], (byte, i) => (i === 20 ? byte ^ 1 : byte))

describe('looking through a document at rest', () => {
  it('[DRA-143] finds nothing in what is as it was stored, and names the head to keep elsewhere', async () => {
    for (const compacted of [true, false]) {
      const whole = sample(newDocument(), { compacted })
      const report = await whole.verify()
      expect(report).toMatchObject({ head: { u: 12, hash: whole.chains[11]?.hash }, chainedFrom: 1, faults: [] })
      expect((await whole.verify(report.head)).faults).toEqual([])
    }
  })

  const TABLE: readonly [string, (of: Sample) => void, object][] = [
    ['bytes of an entry', (of) => change(of, 8, { encrypted: flipped(entryAt(of, 8).encrypted) }), { fault: 'changed', u: 8 }],
    ['the time of an entry', (of) => change(of, 8, { at: 5 }), { fault: 'changed', u: 8 }],
    ['the epoch of an entry', (of) => change(of, 8, { epoch: 2 }), { fault: 'changed', u: 8 }],
    ['the author of an entry', (of) => change(of, 8, { by: 'system' }), { fault: 'changed', u: 8 }],
    ['a hash', (of) => change(of, 8, { hash: flipped(entryAt(of, 8).hash) }), { fault: 'changed', u: 8 }],
    ['links taken away', (of) => change(of, 8, { hash: undefined, previous: undefined }), { fault: 'changed', u: 8 }],
    ['a mark that a snapshot covers', (of) => change(of, 4, { at: 5 }), { fault: 'changed', u: 4, of: 'mark' }],
    ['the snapshot', (of) => renumberSnapshot(of, 5), { fault: 'changed', u: 5, of: 'snapshot' }],
    ['an entry left out', (of) => leaveOut(of, 8), { fault: 'missing', u: 8 }],
    ['a mark left out', (of) => leaveOut(of, 4), { fault: 'missing', u: 6, of: 'mark' }],
    [
      'two entries that changed places',
      (of) => {
        const [eighth, eleventh] = [entryAt(of, 8), entryAt(of, 11)]
        change(of, 8, { ...eleventh, u: 8 })
        change(of, 11, { ...eighth, u: 11 })
      },
      { fault: 'reordered', u: 8 },
    ],
    [
      'an entry of another document',
      (of) => change(of, 8, { ...entryAt(sample(newDocument(of.place.caseId)), 8) }),
      { fault: 'foreign', u: 8 },
    ],
    [
      'an entry of the same document in another installation',
      (of) => change(of, 8, { ...entryAt(sample(of.place), 8) }),
      { fault: 'foreign', u: 8 },
    ],
  ]
  it.each(TABLE)('[DRA-143] finds and names %s', async (_, damage, fault) => {
    const of = sample()
    damage(of)
    expect((await of.verify()).faults[0]).toMatchObject(fault)
  })

  it('[DRA-143] finds an end that was taken away, or written anew, by a head that was kept elsewhere', async () => {
    const of = sample()
    const { head } = await of.verify()
    const again = sample(of.place)
    expect((await again.verify(head)).faults).toEqual([{ fault: 'changed', u: 12, of: 'entry' }])
    of.rest.entries = of.rest.entries.filter(({ u }) => u <= 10)
    expect((await of.verify()).faults).toEqual([])
    expect((await of.verify(head)).faults).toEqual([{ fault: 'cut-off', u: 11, of: 'entry' }])
  })

  it('[DRA-143] entries of releases without a chain are told from damage by what they are bound to; the chain begins behind them', async () => {
    const place = { caseId: newCase(), documentId: asId<DocumentId>('later') }
    const cipher = new DocumentCipher(place, sealer)
    const old = upTo(3).map((u): DraftEntry => {
      const header = { ...place, u, kind: 'update', by: BY, at: u, epoch: 0 } as const
      return { ...header, encrypted: sealer.seal(oldEntryContext(place, header), bytes(20)), previous: undefined, hash: undefined }
    })
    const next = cipher.entry({ u: 4, kind: 'update', by: BY, plain: bytes(20) }, { at: 4, epoch: 1, chain: CHAIN_START })
    const storeOf = (entries: readonly DraftEntry[]) => ({
      read: async (_place: DocumentPlace, after: number) => entries.filter(({ u }) => u > after),
      readMarks: async () => [],
      snapshot: async () => undefined,
      archived: async () => [],
      archivedCopy: async () => undefined,
    })
    const verify = (entries: readonly DraftEntry[]) => verifyDocumentChain({ store: storeOf(entries), cipher, place })
    expect(await verify([...old, next])).toMatchObject({ chainedFrom: 4, faults: [], head: { u: 4, hash: next.hash } })
    const [first, second, third] = old
    if (!first || !second || !third) throw new Error('three entries')
    const moved = [first, { ...third, u: 2 }, { ...second, u: 3 }, next]
    expect((await verify(moved)).faults.map(({ fault, u }) => [fault, u])).toEqual([
      ['changed', 2],
      ['changed', 3],
    ])
    expect((await verify([...old, next, { ...first, u: 5 }])).faults).toMatchObject([{ fault: 'changed', u: 5 }])
  })
})
