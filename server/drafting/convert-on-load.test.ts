// Documents of releases up to 2.1 as they are met: converted once, before anybody is given them, with the old state kept.
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DraftEntryKind } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { DocumentCipher, oldEntryContext } from './document-cipher.ts'
import { encodeClaim, encodeClose } from './draft-entries.ts'
import { openDraft } from './draft-tasks.ts'
import { Device, person } from './testing/device.ts'
import { CASE, ciphersWith, memoryStorage, PLACE, TEST_KEY, testServer, threadless } from './testing/drafting-server.ts'
import { killedAt } from './testing/killed-store.ts'
import { clause, h, OLD_LIST, oldCanonicalText, oldDoc, oldUpdate, p } from './testing/old-document.ts'
import { AIGUL, BEREKE, DALA, PAVEL } from './testing/supply-case.ts'
import { verifyDocumentChain } from './verify-document.ts'

const VERSION = asId<VersionId>('version'.padEnd(21, '0').concat('A'))
const OLD = oldDoc(h(1, 'Соглашение'), p('Стороны договорились.'), clause('c1', p('Долг 100 ₸.'), clause('c2', p('До 1 декабря.'))))

const cipherOfAll = () => ciphersWith(TEST_KEY)(CASE, 'all')
const cipher = async () => new DocumentCipher(PLACE, await cipherOfAll())

/** A draft as 2.1 left it: without hashes, bound to what it was then. */
async function oldDraft({ closed = false } = {}) {
  const storage = memoryStorage()
  const audienceCipher = await cipherOfAll()
  const more = new Y.Doc()
  Y.applyUpdate(more, oldUpdate(OLD))
  more.clientID = 4_711
  const before = Y.encodeStateVector(more)
  const clauses = more.getXmlFragment(OLD_LIST)
  const last = new Y.XmlElement('paragraph')
  last.insert(0, [new Y.XmlText('Дописано.')])
  clauses.insert(clauses.length, [last])
  const entries: [DraftEntryKind, By, Uint8Array][] = [
    ['update', 'system', oldUpdate(OLD)],
    ['claim', AIGUL, encodeClaim([4_711])],
    ['update', AIGUL, Y.encodeStateAsUpdate(more, before)],
  ]
  if (closed) entries.push(['close', 'system', encodeClose(VERSION)])
  await storage.drafts.append(
    entries.map(([kind, by, plain], index) => {
      const header = { ...PLACE, revision: index + 1, kind, by, at: 1_000 + index, epoch: 0 }
      return { ...header, encrypted: audienceCipher.encrypt(oldEntryContext(PLACE, header), plain), previous: undefined, hash: undefined }
    }),
  )
  return { storage, old: more.getXmlFragment(OLD_LIST).toString() }
}

const OLD_WORDS = ['Соглашение', 'Стороны договорились.', 'Долг 100 ₸.', 'До 1 декабря.', 'Дописано.']

describe('a document of the form before', () => {
  it('[DRA-146] is converted before anybody is given it, in a new generation; older copies are void; it is written on', async () => {
    const { storage } = await oldDraft()
    const server = testServer(storage.drafts, storage.files)
    const aigul = new Device(person(AIGUL, BEREKE))
    const answer = await aigul.connect(server)
    expect(answer).toMatchObject({ generation: 2, revision: 3, anew: 5 })
    for (const words of OLD_WORDS) expect(aigul.text).toContain(words)
    expect(answer.closed).toBeUndefined()
    aigul.type(' Новое.')
    expect(await aigul.flush()).toBeGreaterThan(5)
    const again = new Device(person(PAVEL, DALA))
    expect(await again.connect(testServer(storage.drafts, storage.files))).toMatchObject({ generation: 2, anew: 5 })
    expect(again.text).toBe(aigul.text)
    expect((await storage.drafts.readMarks(PLACE)).filter(({ kind }) => kind === 'reopen')).toHaveLength(1)
    expect(server.troubles).toEqual([])
  })

  it('[DRA-146] its old state is kept, found by case, document and number, and outlives compaction', async () => {
    const { storage, old } = await oldDraft()
    await new Device(person(AIGUL, BEREKE)).connect(testServer(storage.drafts, storage.files))
    expect(await storage.drafts.archived(PLACE)).toEqual(['old-3'])
    const copy = await storage.drafts.archivedCopy(PLACE, 'old-3')
    if (!copy) throw new Error('a copy is kept')
    const opened = openDraft((await cipher()).decryptCopy(copy))
    expect(opened.getXmlFragment(OLD_LIST).toString()).toBe(old)
    expect((await storage.drafts.read(PLACE, 0, 100)).filter(({ kind }) => kind === 'update')).toEqual([])
  })

  it('[DRA-146] what was closed stays closed, and its canonical text is the same: devices can sign it', async () => {
    const { storage } = await oldDraft({ closed: true })
    const server = testServer(storage.drafts, storage.files)
    const aigul = new Device(person(AIGUL, BEREKE))
    const answer = await aigul.connect(server)
    expect(answer).toMatchObject({ closed: VERSION, revision: 3, anew: 6 })
    const text = { snapshot: Y.encodeStateAsUpdateV2(aigul.doc), updates: [], language: 'ru' as const }
    const canonical = await threadless.canonical(CASE, text)
    expect(canonical).toEqual({ ok: true, text: oldCanonicalText(oldDoc(...(OLD.content ?? []), p('Дописано.'))) })
  })

  it.each(['archive', 'append', 'compact'] as const)(
    '[DRA-146] killed before or after "%s", the next start does the rest',
    async (where) => {
      for (const moment of ['before', 'after'] as const) {
        const { storage } = await oldDraft()
        const { store, killed } = killedAt(storage.drafts, { where, moment })
        void new Device(person(AIGUL, BEREKE)).connect(testServer(store, storage.files)).catch(() => undefined)
        await killed
        const aigul = new Device(person(AIGUL, BEREKE))
        const answer = await aigul.connect(testServer(storage.drafts, storage.files))
        for (const words of OLD_WORDS) expect(aigul.text).toContain(words)
        expect(answer).toMatchObject({ generation: 2, anew: 5 })
        const report = await verifyDocumentChain({ store: storage.drafts, cipher: await cipher(), place: PLACE })
        expect(report).toMatchObject({ chainedFrom: 4, faults: [] })
        expect(await storage.drafts.archived(PLACE)).toEqual(['old-3'])
      }
    },
  )

  it('[DRA-146] two servers that meet it at once end with one text', async () => {
    const { storage } = await oldDraft()
    const servers = [testServer(storage.drafts, storage.files), testServer(storage.drafts, storage.files)] as const
    const [aigul, pavel] = [new Device(person(AIGUL, BEREKE)), new Device(person(PAVEL, DALA))]
    await Promise.all([aigul.connect(servers[0]), pavel.connect(servers[1])])
    aigul.type(' Один.')
    await aigul.flush()
    await Promise.all(servers.map((server) => server.notice(PLACE, Number.MAX_SAFE_INTEGER)))
    const late = new Device(person(PAVEL, DALA))
    await late.connect(testServer(storage.drafts, storage.files))
    expect(late.text).toContain('Один.')
    await pavel.connect(servers[1])
    for (const device of [aigul, pavel]) expect(device.text).toBe(late.text)
    const report = await verifyDocumentChain({ store: storage.drafts, cipher: await cipher(), place: PLACE })
    expect(report.faults).toEqual([])
  })
})
