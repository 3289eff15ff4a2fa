// Hostile edits against an open draft: what the server answers, what the others hear, and drafts that hold such edits from before.
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { block, varUint } from '#shared/drafting/byte-cursor.ts'
import { encodeEdit } from '#shared/drafting/draft-frames.ts'
import { skeletonOf } from '#shared/drafting/skeleton.ts'
import { concat, fromHex } from '#shared/kernel/bytes.ts'
import { encodeClaim, entryContext, snapshotContext } from './draft-entries.ts'
import { countSteps } from './structure/count-steps.ts'
import { MAX_STEPS_TO_OPEN } from './structure/step-estimate.ts'
import { Device, person } from './testing/device.ts'
import { CASE, memoryStorage, sealersWith, TEST_KEY, testServer } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, DALA, PAVEL, supplyCase } from './testing/supply-case.ts'
import { type WrittenStruct, writeUpdate } from './testing/write-update.ts'
import { compactDraft, openDraft, startDraft } from './workshop-tasks.ts'

const START = startDraft(skeletonOf(supplyCase('ru'), '2026-11-22'))
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
  return device.desk.frame(
    encodeEdit({ kind: 'edit', generation: device.generation, update: writeUpdate({ client, from, structs, deletes }) }),
  )
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
    const before = { head: await storage.drafts.headOf(CASE), u: aigul.u, frames: pavel.frames.length }
    await expect(forge(aigul, [{ parent: DRAFT_FIELD, content: { kind: 'text' } }])).rejects.toMatchObject({
      problem: { kind: 'invalid', reason: 'drafting/misplaced' },
    })
    expect(await storage.drafts.headOf(CASE)).toBe(before.head)
    expect(pavel.frames).toHaveLength(before.frames)
    aigul.type('Дальше.')
    expect(await aigul.flush()).toBeGreaterThan(before.u)
    expect(pavel.text).toBe(aigul.text)
  })

  it('[DRA-103] deleting what is deleted is answered "saved", stores nothing and moves no number', async () => {
    const { storage, aigul, pavel } = await twoDevices()
    aigul.paragraph().delete(0, 5)
    await aigul.flush()
    const [head, u, frames] = [await storage.drafts.headOf(CASE), aigul.u, aigul.frames.length]
    const { client, clock } = { client: 1, clock: endOf(pavel.paragraph()).clock }
    const gone = aigul.doc.store.clients.get(client)?.find((struct) => struct.deleted)
    if (!gone) throw new Error('nothing was deleted')
    expect(clock).toBeGreaterThan(0)
    for (let again = 0; again < 3; again++) expect(await forge(pavel, [], [{ client, from: gone.id.clock, length: gone.length }])).toBe(u)
    expect(await storage.drafts.headOf(CASE)).toBe(head)
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
        await aigul.desk.frame(encodeEdit({ kind: 'edit', generation: aigul.generation, update }))
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
    const { generation } = aigul
    const answers = await Promise.allSettled(
      ids.map((id) => aigul.desk.frame(encodeEdit({ kind: 'stored', generation, update: costly(id) }))),
    )
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
      return aigul.desk.join({ haveU: 0, generation: 0, clientId: aigul.doc.clientID, storedIds })
    }
    for (let round = 0; round < 156; round++) await join(32, round)
    const head = await storage.drafts.headOf(CASE)
    await expect(join(32, 156)).rejects.toMatchObject({ problem: { kind: 'too-large', reason: 'drafting/share-full' } })
    expect(await storage.drafts.headOf(CASE)).toBe(head)
    expect((await join(0, 0)).haveU).toBe(head) // under an id of before
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
    const [head, frames] = [await storage.drafts.headOf(CASE), pavel.frames.length]
    await expect(forge(aigul, [], everySecond(20_000, 0))).rejects.toMatchObject(tooTangled)
    expect([await storage.drafts.headOf(CASE), pavel.frames.length]).toEqual([head, frames])
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
      timeout: 10_000,
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
      workshop: {
        start: async (_case, document) => startDraft(document),
        compact: async () => {
          asked++
          throw new Error('a thread died')
        },
        begin: async (_case, text) => compactDraft(text),
        tryEdit: async () => ({ kind: 'too-many-steps' }),
        canonical: async () => ({ ok: false, faults: [{ fault: 'broken' }] }),
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

/** The first paragraph's, as the skeleton has it. */
function firstText(): Y.XmlText {
  const blocks = openDraft({ updates: [START] })
    .getXmlFragment(DRAFT_FIELD)
    .toArray()
  const text = blocks.find((node): node is Y.XmlElement => node instanceof Y.XmlElement && node.nodeName === 'paragraph')?.get(0)
  if (!(text instanceof Y.XmlText)) throw new Error('no text')
  return text
}

describe('a draft that holds hostile edits from before they were judged', () => {
  const nested: WrittenStruct[] = Array.from({ length: 1_500 }, (_, index) => ({
    parent: index === 0 ? DRAFT_FIELD : { client: 77, clock: index - 1 },
    content: { kind: 'element', name: 'clause' },
  }))
  const deepWords: WrittenStruct[] = [
    ...nested.slice(0, 9),
    { parent: { client: 77, clock: 8 }, content: { kind: 'element', name: 'paragraph' } },
    { parent: { client: 77, clock: 9 }, content: { kind: 'text' } },
    { parent: { client: 77, clock: 10 }, content: { kind: 'letters', text: 'Глубоко.' } },
  ]
  const tangle = (count: number): WrittenStruct[] => [
    { parent: paragraphText(), content: { kind: 'letters', text: 'y'.repeat(count) } },
    ...Array.from({ length: count }, (_, index): WrittenStruct => ({ right: { client: 77, clock: index }, content: LETTERS })),
  ]

  function paragraphText() {
    const id = firstText()._item?.id
    if (!id) throw new Error('no text')
    return { client: id.client, clock: id.clock }
  }

  it.each<[string, Uint8Array, string]>([
    [
      'a text directly in the root',
      writeUpdate({
        client: 77,
        from: 0,
        structs: [
          { parent: DRAFT_FIELD, content: { kind: 'text' } },
          { parent: { client: 77, clock: 0 }, content: { kind: 'letters', text: 'В корне.' } },
        ],
      }),
      'В корне.',
    ],
    ['the text of the issue', fromHex('01010200070109' + '61677265656d656e74' + '0600'), ''],
    [
      'a value in the root',
      writeUpdate({ client: 77, from: 0, structs: [{ parent: DRAFT_FIELD, content: { kind: 'values', values: ['x', 1] } }] }),
      '',
    ],
    [
      'letters in an element',
      writeUpdate({
        client: 77,
        from: 0,
        structs: [
          { parent: DRAFT_FIELD, content: { kind: 'element', name: 'paragraph' } },
          { parent: { client: 77, clock: 0 }, content: { kind: 'letters', text: 'В элементе.' } },
        ],
      }),
      'В элементе.',
    ],
    [
      'an element as an attribute',
      writeUpdate({
        client: 77,
        from: 0,
        structs: [
          { parent: DRAFT_FIELD, content: { kind: 'element', name: 'clause' } },
          { parent: { client: 77, clock: 0 }, attribute: 'id', content: { kind: 'element', name: 'paragraph' } },
        ],
      }),
      '',
    ],
    ['clauses nested 1,500 deep', writeUpdate({ client: 77, from: 0, structs: nested }), ''],
    ['words nine clauses deep', writeUpdate({ client: 77, from: 0, structs: deepWords }), 'Глубоко.'],
    [
      'more pieces than a device bears',
      writeUpdate({
        client: 77,
        from: 0,
        structs: [
          { parent: paragraphText(), content: LETTERS },
          ...Array.from({ length: 101_000 }, (_, index): WrittenStruct => ({ right: { client: 77, clock: index }, content: LETTERS })),
        ],
      }),
      '',
    ],
    ['insertions that take long to open', writeUpdate({ client: 77, from: 0, structs: tangle(1_400) }), ''],
  ])(
    '[DRA-106] %s: begun anew with the words that can be read, in the tail or in a snapshot of the first form',
    async (_, hostile, words) => {
      for (const where of ['tail', 'snapshot'] as const) {
        const storage = memoryStorage()
        await storeOld(storage, hostile, where)
        const server = testServer(storage.drafts, storage.files)
        const aigul = new Device(person(AIGUL, BEREKE))
        aigul.haveU = 3
        const joined = await aigul.connect(server)
        expect(joined.anew).toBeGreaterThan(3)
        expect(joined.snapshot).toBeDefined()
        expect(aigul.text).toContain('Соглашение')
        expect(aigul.text).toContain(words)
        expect(compactDraft({ updates: [Y.encodeStateAsUpdate(aigul.doc)] }).state).toBe('sound')
        aigul.type('Новые слова.')
        expect(await aigul.flush()).toBeGreaterThan(joined.u)
        const next = new Device(person(PAVEL, DALA))
        const again = await next.connect(testServer(storage.drafts, storage.files))
        expect(again.anew).toBe(joined.anew)
        expect(next.text).toBe(aigul.text)
      }
    },
  )

  it('[DRA-106] an edit that nobody could open is left out, and everybody else’s words stay', () => {
    const words = writeUpdate({ client: 78, from: 0, structs: [{ left: endOfStart(), content: { kind: 'letters', text: ' Слова.' } }] })
    const { state, update } = compactDraft({ updates: [START, words, writeUpdate({ client: 77, from: 0, structs: tangle(13_000) })] })
    expect(state).toBe('unshowable')
    expect(openDraft({ snapshot: update, updates: [] }).getXmlFragment(DRAFT_FIELD).toString()).toContain(' Слова.')
  })

  it('[DRA-106] a sound draft of an older release opens as it was, without beginning anew', async () => {
    const storage = memoryStorage()
    await storeOld(
      storage,
      writeUpdate({ client: 77, from: 0, structs: [{ left: endOfStart(), content: { kind: 'letters', text: ' Было.' } }] }),
      'snapshot',
    )
    const aigul = new Device(person(AIGUL, BEREKE))
    expect((await aigul.connect(testServer(storage.drafts, storage.files))).anew).toBeUndefined()
    expect(aigul.text).toContain(' Было.')
    aigul.type('Стало.')
    expect(await aigul.flush()).toBe(6) // 4: looked at; 5: a claim
  })

  function endOfStart() {
    return endOf(firstText())
  }

  /** As releases before judging stored it: the skeleton, a claim, the edit. */
  async function storeOld(storage: SqliteStorage, hostile: Uint8Array, where: 'tail' | 'snapshot'): Promise<void> {
    const sealer = await sealersWith(TEST_KEY)(CASE)
    const entries = [
      { u: 1, kind: 'update', by: 'system', plain: START },
      { u: 2, kind: 'claim', by: PAVEL, plain: encodeClaim([77, 2]) },
      { u: 3, kind: 'update', by: PAVEL, plain: hostile },
    ] as const
    await storage.drafts.append(
      entries.map(({ u, kind, by, plain }) => ({
        caseId: CASE,
        u,
        kind,
        by,
        at: 0,
        sealed: sealer.seal(entryContext(CASE, { u, kind, by }), plain),
      })),
    )
    if (where === 'tail') return
    const doc = openDraft({ updates: [START, hostile] })
    const plain = concat(varUint(3), block(Y.encodeStateVector(doc)), Y.encodeStateAsUpdateV2(doc))
    await storage.drafts.compact({ caseId: CASE, u: 3, sealed: sealer.seal(snapshotContext(CASE, 3), plain) })
  }
})
