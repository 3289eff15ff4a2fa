// Hostile edits against an open draft: what the server answers, what the others hear, and drafts that hold such edits from before.
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import { blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { block as bytesBlock, varUint } from '#shared/drafting/byte-cursor.ts'
import { templateOf } from '#shared/drafting/template.ts'
import { concat } from '#shared/kernel/bytes.ts'
import { CHAIN_START, chainAfter } from './document-chain.ts'
import { DocumentCipher, oldEntryContext, oldSnapshotContext } from './document-cipher.ts'
import { encodeClaim } from './draft-entries.ts'
import { compactDraft, openDraft, startDraft } from './draft-tasks.ts'
import { countSteps } from './structure/count-steps.ts'
import { MAX_STEPS_TO_OPEN } from './structure/step-estimate.ts'
import { Device, person } from './testing/device.ts'
import { CASE, ciphersWith, memoryStorage, PLACE, TEST_KEY, testServer, threadless } from './testing/drafting-server.ts'
import { h, OLD_LIST, oldDoc, oldUpdate, p } from './testing/old-document.ts'
import { AIGUL, BEREKE, DALA, PAVEL, supplyCase } from './testing/supply-case.ts'
import { LIST, type WrittenStruct, writeUpdate } from './testing/write-update.ts'

const START = startDraft({ blocks: templateOf(supplyCase('ru'), '2026-11-22'), language: 'ru' })
const LETTERS = { kind: 'letters', text: 'x' } as const

async function twoDevices(more: Parameters<typeof testServer>[2] = {}) {
  const storage = memoryStorage()
  const server = testServer(storage.drafts, storage.files, more)
  const aigul = new Device(person(AIGUL, BEREKE))
  const pavel = new Device(person(PAVEL, DALA))
  await aigul.connect(server)
  await pavel.connect(server)
  return { storage, server, aigul, pavel }
}

/** An edit under the device's own id that its Yjs did not make. */
function forge(
  device: Device,
  structs: readonly WrittenStruct[],
  deletes: Parameters<typeof writeUpdate>[0]['deletes'] = [],
): Promise<number> {
  const client = device.doc.clientID
  const from = Y.getState(device.doc.store, client)
  return device.send(writeUpdate({ client, from, structs, deletes }))
}

function endOf(text: Y.XmlText) {
  let last = text._start
  while (last?.right) last = last.right
  if (!last) throw new Error('an empty text')
  return { client: last.lastId.client, clock: last.lastId.clock }
}

describe('a hostile edit in an open draft', () => {
  it('[DRA-100] is refused, reaches nobody, is not stored and moves no number; the draft goes on', async () => {
    const { storage, aigul, pavel } = await twoDevices()
    const before = { head: await storage.drafts.headOf(PLACE), revision: aigul.revision, frames: pavel.frames.length }
    await expect(forge(aigul, [{ parent: LIST, content: { kind: 'text' } }])).rejects.toMatchObject({
      problem: { kind: 'invalid', reason: 'drafting/misplaced' },
    })
    expect(await storage.drafts.headOf(PLACE)).toBe(before.head)
    expect(pavel.frames).toHaveLength(before.frames)
    aigul.type('Дальше.')
    expect(await aigul.flush()).toBeGreaterThan(before.revision)
    expect(pavel.text).toBe(aigul.text)
  })

  it('[DRA-103] deleting what is deleted is answered "saved", stores nothing and moves no number', async () => {
    const { storage, aigul, pavel } = await twoDevices()
    aigul.paragraph().delete(0, 5)
    await aigul.flush()
    const [head, revision, frames] = [await storage.drafts.headOf(PLACE), aigul.revision, aigul.frames.length]
    const { client, clock } = { client: 1, clock: endOf(pavel.paragraph()).clock }
    const gone = aigul.doc.store.clients.get(client)?.find((struct) => struct.deleted)
    if (!gone) throw new Error('nothing was deleted')
    expect(clock).toBeGreaterThan(0)
    for (let again = 0; again < 3; again++)
      expect(await forge(pavel, [], [{ client, from: gone.id.clock, length: gone.length }])).toBe(revision)
    expect(await storage.drafts.headOf(PLACE)).toBe(head)
    expect(aigul.frames).toHaveLength(frames)
  })

  it('[DRA-104] many small edits that are costly together are counted, and end before opening takes long; others go on', async () => {
    const { aigul, pavel, storage } = await twoDevices()
    aigul.paragraph().insert(aigul.paragraph().length, 'y'.repeat(3_000))
    await aigul.flush()
    const left = endOf(aigul.paragraph())
    const client = aigul.doc.clientID
    const letter = (clock: number) => ({ client, clock })
    const first = left.clock - 2_999
    let refused: unknown
    for (let i = 0; i < 60 && refused === undefined; i++) {
      const from = Y.getState(aigul.doc.store, client)
      const structs = Array.from({ length: 40 }, (_, k) => ({
        left: letter(first),
        right: letter(first + 2 + ((i * 40 + k) % 2_900)),
        content: LETTERS,
      }))
      const update = writeUpdate({ client, from, structs })
      try {
        await aigul.send(update)
        Y.applyUpdate(aigul.doc, update, 'server')
      } catch (error) {
        refused = error
      }
    }
    expect(refused).toMatchObject({ problem: { kind: 'too-large', reason: 'drafting/too-tangled' } })
    pavel.type('Ещё слова.')
    expect(await pavel.flush()).toBeGreaterThan(0)
    const late = new Device(person(PAVEL, DALA))
    const began = performance.now()
    await late.connect(testServer(storage.drafts, storage.files))
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(late.text).toContain('Ещё слова.')
  })

  it('[DRA-112] costly edits that are sent at once, each under an id of its own, are counted together', async () => {
    const { storage, server } = await twoDevices()
    const ids = Array.from({ length: 6 }, (_, index) => 5_001 + index)
    const aigul = new Device(person(AIGUL, BEREKE))
    await aigul.connect(server, ids)
    aigul.paragraph().insert(aigul.paragraph().length, 'y'.repeat(3_000))
    await aigul.flush()
    const client = aigul.doc.clientID
    const first = endOf(aigul.paragraph()).clock - 2_999
    const costly = (id: number) =>
      writeUpdate({
        client: id,
        from: 0,
        structs: Array.from({ length: 500 }, (_, k) => ({
          left: { client, clock: first },
          right: { client, clock: first + 2 + ((k * 11) % 2_900) },
          content: LETTERS,
        })),
      })
    const answers = await Promise.allSettled(ids.map((id) => aigul.send(costly(id), { kind: 'stored' })))
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
    const late = new Device(person(PAVEL, DALA))
    expect((await late.connect(testServer(storage.drafts, storage.files))).anew).toBeUndefined()
    const steps = countSteps(80_000_000, () => openDraft({ updates: [Y.encodeStateAsUpdate(late.doc)] })).steps
    expect(steps).toBeLessThanOrEqual(MAX_STEPS_TO_OPEN)
  })

  it('[DRA-113] one person claims a bounded number of ids; who has too many comes in no more, everybody else does', async () => {
    let now = 1_000_000
    const { server, storage, aigul } = await twoDevices({ clock: { now: () => now } })
    const join = (count: number, round: number) => {
      now += 1_000
      const storedIds = Array.from({ length: count }, (_, index) => 1_000_000 + round * 32 + index)
      return aigul.sessions.join({ ...aigul.request(storedIds), haveRevision: 0 })
    }
    for (let round = 0; round < 156; round++) await join(32, round)
    const head = await storage.drafts.headOf(PLACE)
    await expect(join(32, 156)).rejects.toMatchObject({ problem: { kind: 'too-large', reason: 'drafting/share-full' } })
    expect(await storage.drafts.headOf(PLACE)).toBe(head)
    expect((await join(0, 0)).haveRevision).toBe(head) // under an id of before
    await expect(new Device(person(PAVEL, DALA)).connect(server)).resolves.toMatchObject({ generation: 1 })
  })

  it('[DRA-110] cutting a text into more pieces than every device bears is refused, at once or little by little; others go on', async () => {
    const { aigul, pavel, storage } = await twoDevices()
    const client = aigul.doc.clientID
    aigul.type('a'.repeat(150_000))
    await aigul.flush()
    const end = Y.getState(aigul.doc.store, client)
    // From behind: each cut moves everything that was cut before.
    const everySecond = (count: number, behind: number) =>
      Array.from({ length: count }, (_, index) => ({ client, from: end - 2 - 2 * (behind + index), length: 1 }))
    const tooTangled = { problem: { kind: 'too-large', reason: 'drafting/too-tangled' } }
    const [head, frames] = [await storage.drafts.headOf(PLACE), pavel.frames.length]
    await expect(forge(aigul, [], everySecond(20_000, 0))).rejects.toMatchObject(tooTangled)
    expect([await storage.drafts.headOf(PLACE), pavel.frames.length]).toEqual([head, frames])
    let refused: unknown
    for (let behind = 0; behind < 60_000 && refused === undefined; behind += 400)
      await forge(aigul, [], everySecond(400, behind)).catch((error: unknown) => {
        refused = error
      })
    expect(refused).toMatchObject(tooTangled)
    pavel.type('Ещё слова.')
    expect(await pavel.flush()).toBeGreaterThan(0)
    pavel.paragraph().delete(0, 5)
    expect(await pavel.flush()).toBeGreaterThan(0)
    expect([...pavel.doc.store.clients.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(60_000)
  })

  it('[DRA-110] taking away all of a text that is in many pieces is no cutting, and passes', async () => {
    const { aigul, pavel } = await twoDevices()
    const at = aigul.paragraph().length
    aigul.doc.transact(() => {
      for (let i = 0; i < 10_000; i++) aigul.paragraph().insert(at, 'a') // each a piece of its own
    })
    await aigul.flush()
    aigul.doc.transact(() => {
      for (let i = 0; i < 4_000; i++) aigul.paragraph().delete(at + i, 1) // every second stays
    })
    await aigul.flush()
    pavel.paragraph().delete(at, pavel.paragraph().length - at)
    expect(await pavel.flush()).toBeGreaterThan(0)
  })

  it('[DRA-111] what one person sends is measured in pieces too; nobody else waits for it', async () => {
    let now = 1_000_000
    const { aigul, pavel } = await twoDevices({ clock: { now: () => now } })
    aigul.type('a'.repeat(40_000))
    await aigul.flush()
    const client = aigul.doc.clientID
    const from = Y.getState(aigul.doc.store, client) - 40_000
    await forge(aigul, [], [{ client, from, length: 40_000 }])
    const again = (count: number) =>
      forge(
        aigul,
        [],
        Array.from({ length: count }, (_, index) => ({ client, from: from + index, length: 1 })),
      )
    for (let i = 0; i < 2; i++) await again(20_000)
    await expect(again(20_000)).rejects.toMatchObject({ problem: { kind: 'too-many', reason: 'drafting/too-fast' } })
    pavel.type('Сразу.')
    expect(await pavel.flush()).toBeGreaterThan(0)
    now += 10_000
    expect(await again(2_000)).toBeGreaterThan(0)
  })

  it('[DRA-107] one person cannot take everybody’s room; who has written much is told at joining; taking away makes room', async () => {
    const { aigul, pavel, server } = await twoDevices()
    const piece = 'a'.repeat(200_000)
    for (let i = 0; i < 3; i++) {
      aigul.type(piece)
      await aigul.flush()
    }
    aigul.type('b')
    await expect(aigul.flush()).rejects.toMatchObject({ problem: { kind: 'too-large', reason: 'drafting/share-full' } })
    pavel.type('Моё место есть.')
    expect(await pavel.flush()).toBeGreaterThan(0)
    const again = new Device(person(AIGUL, BEREKE))
    expect((await again.connect(server)).fullness).toBeGreaterThan(0.99)
    again.paragraph().delete(0, 400_000)
    await again.flush()
    await vi.waitFor(async () => expect((await new Device(person(AIGUL, BEREKE)).connect(server)).fullness).toBeLessThan(0.5), {
      timeout: 20_000,
    })
  })

  it('[DRA-108] after compactions that failed the draft rests, twice as long each time, also when the clock jumps; nobody’s words are lost', async () => {
    let now = 1_000_000
    let asked = 0
    const waiting: { at: number; run: () => void }[] = []
    const { aigul, server, pavel } = await twoDevices({
      clock: { now: () => now },
      timers: {
        after(milliseconds, run) {
          const timer = { at: now + milliseconds, run }
          waiting.push(timer)
          return () => void waiting.splice(waiting.indexOf(timer) >>> 0, 1)
        },
      },
      worker: {
        ...threadless,
        compact: async () => {
          asked++
          throw new Error('a thread died')
        },
        tryEdit: async () => ({ kind: 'too-many-steps' }),
      },
    })
    const typeAndWait = async (milliseconds: number) => {
      aigul.type('x')
      await aigul.flush()
      now += milliseconds
      for (const timer of waiting.filter((each) => each.at <= now)) {
        waiting.splice(waiting.indexOf(timer), 1)
        timer.run()
      }
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    const askedAfter: number[] = []
    for (let second = 0; second < 100; second += 5) {
      await typeAndWait(5_000)
      askedAfter.push(asked)
    }
    expect(asked).toBeGreaterThanOrEqual(3)
    expect(asked).toBeLessThanOrEqual(5)
    now -= 86_400_000
    await typeAndWait(5_000)
    await typeAndWait(5_000)
    expect(asked).toBeGreaterThan(askedAfter.at(-1) ?? 0)
    expect(pavel.text).toBe(aigul.text)
    expect(server.troubles.length).toBe(asked)
  })
})

/** The first paragraph's, as the template has it. */
function firstText(): Y.XmlText {
  const [, paragraph] = blockElements(fragmentOf(openDraft({ updates: [START] }), 'ru'))
  const text = paragraph && textOf(paragraph)
  if (!text) throw new Error('no text')
  return text
}

function firstTextId() {
  const id = firstText()._item?.id
  if (!id) throw new Error('no text')
  return { client: id.client, clock: id.clock }
}

const own = (clock: number) => ({ client: 77, clock })
const hostileUpdate = (structs: readonly WrittenStruct[]) => writeUpdate({ client: 77, from: 0, structs })
const element = (parent: WrittenStruct['parent'], name = 'block'): WrittenStruct => ({ parent, content: { kind: 'element', name } })
const lettersIn = (parent: WrittenStruct['parent'], text: string): WrittenStruct => ({ parent, content: { kind: 'letters', text } })
const nested = (list: string, name: string, depth: number) =>
  Array.from({ length: depth }, (_, index) => element(index === 0 ? list : own(index - 1), name))
const tangle = (count: number): WrittenStruct[] => [
  lettersIn(firstTextId(), 'y'.repeat(count)),
  ...Array.from({ length: count }, (_, index): WrittenStruct => ({ right: own(index), content: LETTERS })),
]

const audienceCipher = ciphersWith(TEST_KEY)(CASE, 'all')
const entriesWith = (start: Uint8Array, hostile: Uint8Array) =>
  [
    { revision: 1, kind: 'update', by: 'system', plain: start },
    { revision: 2, kind: 'claim', by: PAVEL, plain: encodeClaim([77, 2]) },
    { revision: 3, kind: 'update', by: PAVEL, plain: hostile },
  ] as const

describe('a document that holds hostile edits which nobody has judged', () => {
  it.each<[string, readonly WrittenStruct[], string]>([
    ['a text directly in the list', [{ parent: LIST, content: { kind: 'text' } }, lettersIn(own(0), 'В корне.')], 'В корне.'],
    ['a value in the list', [{ parent: LIST, content: { kind: 'values', values: ['x', 1] } }], ''],
    ['letters in a block', [element(LIST), lettersIn(own(0), 'В элементе.')], 'В элементе.'],
    ['a block as an attribute', [element(LIST), { parent: own(0), attribute: 'id', content: { kind: 'element', name: 'block' } }], ''],
    ['a block in a block', [element(LIST), element(own(0)), lettersIn(own(1), 'Внутри.')], 'Внутри.'],
    [
      'two texts in one block',
      [
        element(LIST),
        ...[1, 2].map((): WrittenStruct => ({ parent: own(0), content: { kind: 'text' } })),
        lettersIn(own(1), 'Первый.'),
        lettersIn(own(2), 'Второй.'),
      ],
      'Второй.Первый.',
    ],
    ['an element of documents before', [element(LIST, 'clause'), element(own(0), 'paragraph'), lettersIn(own(1), 'Пункт.')], 'Пункт.'],
    ['blocks nested 1,500 deep', [...nested(LIST, 'block', 1_500), lettersIn(own(1_499), 'Глубоко.')], 'Глубоко.'],
    [
      'more pieces than a device bears',
      [
        lettersIn(firstTextId(), 'x'),
        ...Array.from({ length: 101_000 }, (_, index): WrittenStruct => ({ right: own(index), content: LETTERS })),
      ],
      '',
    ],
    ['insertions that take long to open', tangle(1_400), ''],
  ])('[DRA-106] %s: begun anew with the words that can be read', async (_, structs, words) => {
    const storage = memoryStorage()
    const cipher = new DocumentCipher(PLACE, await audienceCipher)
    let chain = CHAIN_START
    for (const plain of entriesWith(START, hostileUpdate(structs))) {
      const entry = cipher.entry(plain, { at: 0, epoch: 1, chain })
      chain = chainAfter(entry, chain)
      await storage.drafts.append([entry])
    }
    const aigul = new Device(person(AIGUL, BEREKE))
    Object.assign(aigul, { epoch: 1, haveRevision: 3 })
    const joined = await aigul.connect(testServer(storage.drafts, storage.files))
    expect(joined.anew).toBeGreaterThan(3)
    await expectToGoOn(storage, aigul, joined.anew)
    expect(aigul.text).toContain('Соглашение')
    expect(aigul.text).toContain(words)
  })

  it('[DRA-106] an edit that nobody could open is left out, and everybody else’s words stay', () => {
    const words = writeUpdate({
      client: 78,
      from: 0,
      structs: [{ left: endOf(firstText()), content: { kind: 'letters', text: ' Слова.' } }],
    })
    const { state, update } = compactDraft({ updates: [START, words, hostileUpdate(tangle(13_000))] })
    expect(state).toBe('unshowable')
    expect(fragmentOf(openDraft({ snapshot: update, updates: [] }), 'ru').toString()).toContain(' Слова.')
  })
})

describe('a document of the form before, from the time before edits were judged', () => {
  const OLD = oldUpdate(oldDoc(h(1, 'Соглашение'), p('Слова.')))

  it.each<[string, readonly WrittenStruct[], string]>([
    ['sound words', [element(OLD_LIST, 'paragraph'), { parent: own(0), content: { kind: 'text' } }, lettersIn(own(1), 'Было.')], 'Было.'],
    ['a text directly in the list', [{ parent: OLD_LIST, content: { kind: 'text' } }, lettersIn(own(0), 'В корне.')], 'В корне.'],
    ['clauses nested 1,500 deep', nested(OLD_LIST, 'clause', 1_500), ''],
    [
      'insertions that take long to open',
      [
        element(OLD_LIST, 'paragraph'),
        { parent: own(0), content: { kind: 'text' } },
        lettersIn(own(1), 'y'.repeat(1_400)),
        ...Array.from({ length: 1_400 }, (_, index): WrittenStruct => ({ parent: own(1), right: own(2 + index), content: LETTERS })),
      ],
      '',
    ],
  ])('[DRA-123] %s: converted, in the tail or in a snapshot of the first form', async (_, structs, words) => {
    for (const where of ['tail', 'snapshot'] as const) {
      const storage = memoryStorage()
      await storeOld(storage, hostileUpdate(structs), where)
      const aigul = new Device(person(AIGUL, BEREKE))
      const joined = await aigul.connect(testServer(storage.drafts, storage.files))
      await expectToGoOn(storage, aigul, joined.anew)
      expect(aigul.text).toContain('Соглашение')
      expect(aigul.text).toContain(words)
    }
  })

  /** As releases before judging stored it: the text, a claim, the edit. */
  async function storeOld(storage: SqliteStorage, hostile: Uint8Array, where: 'tail' | 'snapshot'): Promise<void> {
    const { encrypt } = await audienceCipher
    await storage.drafts.append(
      entriesWith(OLD, hostile).map(({ plain, ...entry }) => ({
        ...PLACE,
        ...entry,
        at: 0,
        epoch: 0,
        encrypted: encrypt(oldEntryContext(PLACE, entry), plain),
        previous: undefined,
        hash: undefined,
      })),
    )
    if (where === 'tail') return
    const doc = openDraft({ updates: [OLD, hostile] })
    const plain = concat(varUint(3), bytesBlock(Y.encodeStateVector(doc)), Y.encodeStateAsUpdateV2(doc))
    await storage.drafts.compact({ ...PLACE, revision: 3, epoch: 0, encrypted: encrypt(oldSnapshotContext(PLACE, 3), plain) })
  }
})

/** What the device was given is sound, it is written on, and the next one is given the same. */
async function expectToGoOn(storage: SqliteStorage, device: Device, anew: number | undefined): Promise<void> {
  expect(compactDraft({ updates: [Y.encodeStateAsUpdate(device.doc)] }).state).toBe('sound')
  const text = blockElements(device.fragment)
    .map(textOf)
    .find((each) => each !== undefined)
  const before = device.revision
  text?.insert(0, 'Новые слова. ')
  expect(await device.flush()).toBeGreaterThan(before)
  const next = new Device(person(PAVEL, DALA))
  const again = await next.connect(testServer(storage.drafts, storage.files))
  expect(again.anew).toBe(anew)
  expect(next.text).toBe(device.text)
}
