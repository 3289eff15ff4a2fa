import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
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
const audienceCipher = {
  encrypt: (context: string, plain: Uint8Array) => encryptBytes(KEY, plain, utf8(context), entropy),
  decrypt: (context: string, encrypted: Uint8Array) => decryptBytes(KEY, encrypted, utf8(context)),
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
  readonly verify: (head?: { revision: number; hash: Uint8Array }) => ReturnType<typeof verifyDocumentChain>
}

/** Twelve entries; what a snapshot at 6 covers is gone but for its marks. */
function sample(place = newDocument(), { compacted = true, epoch = 1 } = {}): Sample {
  const cipher = new DocumentCipher(place, audienceCipher)
  const marks: Readonly<Record<number, DraftEntryKind>> = { 2: 'claim', 4: 'claim', 9: 'close', 10: 'reopen' }
  const entries: DraftEntry[] = []
  const chains: ChainState[] = []
  for (let revision = 1, chain = CHAIN_START; revision <= 12; revision++) {
    const entry = cipher.entry(
      { revision, kind: marks[revision] ?? 'update', by: BY, plain: entropy.bytes(40) },
      { at: 1_000 + revision, epoch, chain },
    )
    chain = chainAfter(entry, chain)
    entries.push(entry)
    chains.push(chain)
  }
  const rest: Rest = { entries, snapshot: undefined }
  const sixth = chains[5]
  if (compacted && sixth) {
    rest.entries = entries.filter(({ revision, kind }) => revision > 6 || kind !== 'update')
    const snapshot = {
      revision: 6,
      textRevision: 6,
      anewAt: 0,
      chain: sixth,
      writers: NO_WRITERS,
      structure: entropy.bytes(9),
      update: entropy.bytes(99),
    }
    rest.snapshot = cipher.snapshot(snapshot, epoch)
  }
  const store = {
    read: async (_place: DocumentPlace, after: number, limit: number) =>
      rest.entries.filter(({ revision }) => revision > after).slice(0, limit),
    readMarks: async () => rest.entries.filter(({ kind }) => kind !== 'update'),
    snapshot: async () => rest.snapshot,
    archived: async () => [],
    archivedCopy: async () => undefined,
  }
  return { place, rest, chains, verify: (head) => verifyDocumentChain({ store, cipher, place, ...(head && { head }) }) }
}

function change({ rest }: Sample, revision: number, to: Partial<DraftEntry>): void {
  rest.entries = rest.entries.map((entry) => (entry.revision === revision ? { ...entry, ...to } : entry))
}
function leaveOut({ rest }: Sample, revision: number): void {
  rest.entries = rest.entries.filter((entry) => entry.revision !== revision)
}
function renumberSnapshot({ rest }: Sample, revision: number): void {
  rest.snapshot = rest.snapshot && { ...rest.snapshot, revision }
}
function entryAt({ rest }: Sample, revision: number): DraftEntry {
  const found = rest.entries.find((entry) => entry.revision === revision)
  if (!found) throw new Error(`no entry ${revision}`)
  return found
}
const flipped = (bytes: Uint8Array | undefined) => Uint8Array.from(bytes ?? [], (byte, i) => (i === 20 ? byte ^ 1 : byte))

describe('looking through a document at rest', () => {
  it('[DRA-143] finds nothing in what is as it was stored, and names the head to keep elsewhere', async () => {
    for (const compacted of [true, false]) {
      const whole = sample(newDocument(), { compacted })
      const report = await whole.verify()
      expect(report).toMatchObject({ head: { revision: 12, hash: whole.chains[11]?.hash }, chainedFrom: 1, faults: [] })
      expect((await whole.verify(report.head)).faults).toEqual([])
    }
  })

  const TABLE: readonly [string, (of: Sample) => void, object][] = [
    ['bytes of an entry', (of) => change(of, 8, { encrypted: flipped(entryAt(of, 8).encrypted) }), { fault: 'changed', revision: 8 }],
    ['the time of an entry', (of) => change(of, 8, { at: 5 }), { fault: 'changed', revision: 8 }],
    ['the epoch of an entry', (of) => change(of, 8, { epoch: 2 }), { fault: 'changed', revision: 8 }],
    ['the author of an entry', (of) => change(of, 8, { by: 'system' }), { fault: 'changed', revision: 8 }],
    ['a hash', (of) => change(of, 8, { hash: flipped(entryAt(of, 8).hash) }), { fault: 'changed', revision: 8 }],
    ['links taken away', (of) => change(of, 8, { hash: undefined, previous: undefined }), { fault: 'changed', revision: 8 }],
    ['a mark that a snapshot covers', (of) => change(of, 4, { at: 5 }), { fault: 'changed', revision: 4, of: 'mark' }],
    ['the snapshot', (of) => renumberSnapshot(of, 5), { fault: 'changed', revision: 5, of: 'snapshot' }],
    ['an entry left out', (of) => leaveOut(of, 8), { fault: 'missing', revision: 8 }],
    ['a mark left out', (of) => leaveOut(of, 4), { fault: 'missing', revision: 6, of: 'mark' }],
    [
      'two entries that changed places',
      (of) => {
        const [eighth, eleventh] = [entryAt(of, 8), entryAt(of, 11)]
        change(of, 8, { ...eleventh, revision: 8 })
        change(of, 11, { ...eighth, revision: 11 })
      },
      { fault: 'reordered', revision: 8 },
    ],
    [
      'an entry of another document',
      (of) => change(of, 8, { ...entryAt(sample(newDocument(of.place.caseId)), 8) }),
      { fault: 'foreign', revision: 8 },
    ],
    [
      'an entry of the same document in another installation',
      (of) => change(of, 8, { ...entryAt(sample(of.place), 8) }),
      { fault: 'foreign', revision: 8 },
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
    expect((await again.verify(head)).faults).toEqual([{ fault: 'changed', revision: 12, of: 'entry' }])
    of.rest.entries = of.rest.entries.filter(({ revision }) => revision <= 10)
    expect((await of.verify()).faults).toEqual([])
    expect((await of.verify(head)).faults).toEqual([{ fault: 'cut-off', revision: 11, of: 'entry' }])
  })

  it('[DRA-143] entries of releases without a chain are told from damage by what they are bound to; the chain begins behind them', async () => {
    const place = { caseId: newCase(), documentId: asId<DocumentId>('later') }
    const cipher = new DocumentCipher(place, audienceCipher)
    const old = upTo(3).map((revision): DraftEntry => {
      const header = { ...place, revision, kind: 'update', by: BY, at: revision, epoch: 0 } as const
      return {
        ...header,
        encrypted: audienceCipher.encrypt(oldEntryContext(place, header), bytes(20)),
        previous: undefined,
        hash: undefined,
      }
    })
    const next = cipher.entry({ revision: 4, kind: 'update', by: BY, plain: bytes(20) }, { at: 4, epoch: 1, chain: CHAIN_START })
    const storeOf = (entries: readonly DraftEntry[]) => ({
      read: async (_place: DocumentPlace, after: number) => entries.filter(({ revision }) => revision > after),
      readMarks: async () => [],
      snapshot: async () => undefined,
      archived: async () => [],
      archivedCopy: async () => undefined,
    })
    const verify = (entries: readonly DraftEntry[]) => verifyDocumentChain({ store: storeOf(entries), cipher, place })
    expect(await verify([...old, next])).toMatchObject({
      chainedFrom: 4,
      faults: [],
      head: { revision: 4, hash: new Uint8Array(next.hash ?? []) },
    })
    const [first, second, third] = old
    if (!first || !second || !third) throw new Error('three entries')
    const moved = [first, { ...third, revision: 2 }, { ...second, revision: 3 }, next]
    expect((await verify(moved)).faults.map(({ fault, revision }) => [fault, revision])).toEqual([
      ['changed', 2],
      ['changed', 3],
    ])
    expect((await verify([...old, next, { ...first, revision: 5 }])).faults).toMatchObject([{ fault: 'changed', revision: 5 }])
  })
})
