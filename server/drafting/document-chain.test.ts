// The chain while documents are served: it goes on through compaction, restarts and several servers, and where it is broken nothing is served.
import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { DraftEntry, DraftStore } from '#server/storage/ports.ts'
import { BrokenChain, entryHash } from './document-chain.ts'
import { DocumentCipher } from './document-cipher.ts'
import { Device, person } from './testing/device.ts'
import { CASE, ciphersWith, memoryStorage, PLACE, TEST_KEY, testServer } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, DALA, PAVEL } from './testing/supply-case.ts'
import { verifyDocumentChain } from './verify-document.ts'

const cipher = async () => new DocumentCipher(PLACE, await ciphersWith(TEST_KEY)(CASE, 'all'))

async function written(letters: string) {
  const storage = memoryStorage()
  const server = testServer(storage.drafts, storage.files)
  const aigul = new Device(person(AIGUL, BEREKE))
  await aigul.connect(server)
  for (const letter of letters) {
    aigul.type(letter)
    await aigul.flush()
  }
  return { storage, server, aigul }
}

/** As the store would answer if somebody had been at it. */
function tampered(store: DraftStore, change: (entries: readonly DraftEntry[]) => readonly DraftEntry[]): DraftStore {
  return {
    ...store,
    read: async (...asked) => change(await store.read(...asked)),
    readMarks: async (...asked) => change(await store.readMarks(...asked)),
  }
}

describe('the chain of a document', () => {
  it('[DRA-144] is SHA-256 over length-prefixed fields, as written in the spec', () => {
    const entry = {
      ...PLACE,
      revision: 7,
      kind: 'update',
      by: AIGUL,
      at: 1_792_000_000_123,
      epoch: 3,
      encrypted: Uint8Array.of(1, 2, 3),
    } as const
    const previous = new Uint8Array(32).fill(9)
    const digest = createHash('sha256').update(entry.encrypted).digest()
    const fields = ['bitim-document/1', CASE, PLACE.documentId, '3', '7', 'update', AIGUL, '1792000000123', digest, previous]
    const hash = createHash('sha256')
    for (const field of fields.map((each) => Buffer.from(each as string))) {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(field.length)
      hash.update(length).update(field)
    }
    expect(Buffer.from(entryHash(entry, previous))).toEqual(hash.digest())
  })

  it('[DRA-144] goes on through compaction, a restart and another server', async () => {
    const { storage, server, aigul } = await written('абв')
    await vi.waitFor(async () => expect((await storage.drafts.snapshot(PLACE))?.revision).toBe(aigul.revision), { timeout: 10_000 })
    await server.close()
    const servers = [testServer(storage.drafts, storage.files), testServer(storage.drafts, storage.files)] as const
    const pavel = new Device(person(PAVEL, DALA))
    await pavel.connect(servers[0])
    await aigul.connect(servers[1])
    for (const letter of 'где') {
      pavel.type(letter)
      aigul.type(letter)
      await Promise.all([pavel.flush(), aigul.flush()])
    }
    const report = await verifyDocumentChain({ store: storage.drafts, cipher: await cipher(), place: PLACE })
    expect(report).toMatchObject({ chainedFrom: 1, faults: [], head: { revision: await storage.drafts.headOf(PLACE) } })
    expect([...servers[0].troubles, ...servers[1].troubles]).toEqual([])
  })

  it.each<[string, (entries: readonly DraftEntry[]) => readonly DraftEntry[]]>([
    ['an entry that was changed', (entries) => entries.map((entry) => (entry.revision === 4 ? { ...entry, at: entry.at + 1 } : entry))],
    [
      'links that were taken away',
      (entries) => entries.map((entry) => ({ ...entry, ...(entry.revision > 2 && { hash: undefined, previous: undefined }) })),
    ],
  ])('[DRA-144] %s is a fault, and nothing is served', async (_, change) => {
    const { storage } = await written('абвг')
    const server = testServer(tampered(storage.drafts, change), storage.files)
    const pavel = new Device(person(PAVEL, DALA))
    const failure = await pavel.connect(server).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(BrokenChain)
    expect((failure as BrokenChain).code).toMatch(/^[a-z_]+_at_\d+$/)
    expect(await storage.drafts.headOf(PLACE)).toBe(6)
  })

  it('[DRA-144] a mark that a snapshot covers and that is missing is a fault too', async () => {
    const { storage, server, aigul } = await written('абв')
    await vi.waitFor(async () => expect((await storage.drafts.snapshot(PLACE))?.revision).toBe(aigul.revision), { timeout: 10_000 })
    await server.close()
    const again = testServer(
      tampered(storage.drafts, (entries) => entries.filter(({ kind }) => kind !== 'claim')),
      storage.files,
    )
    await expect(new Device(person(PAVEL, DALA)).connect(again)).rejects.toThrow(/marks up to \d+ are missing/)
  })

  it('[DRA-144] what another server stored is followed as it is read on', async () => {
    const { storage, aigul } = await written('аб')
    let broken = false
    const store = tampered(storage.drafts, (entries) => (broken ? entries.map((entry) => ({ ...entry, at: 1 })) : entries))
    const behind = testServer(store, storage.files)
    const pavel = new Device(person(PAVEL, DALA))
    await pavel.connect(behind)
    const before = pavel.text
    aigul.type('в')
    const revision = await aigul.flush().catch(() => aigul.flush())
    broken = true
    await expect(behind.notice(PLACE, revision)).rejects.toBeInstanceOf(BrokenChain)
    expect(pavel.text).toBe(before)
  })
})
