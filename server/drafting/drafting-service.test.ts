import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { DraftStore } from '#server/storage/ports.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, fragmentOf } from '#shared/document/yjs-document.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { Device, person } from './testing/device.ts'
import { CASE, memoryStorage, PLACE, testServer } from './testing/drafting-server.ts'
import { joint } from './testing/joint-draft.ts'
import { AIGUL, BEREKE, DALA, MEDIATOR, PAVEL } from './testing/supply-case.ts'

async function problemOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  return error instanceof AppError ? error.problem : error
}

function setting() {
  const storage = memoryStorage()
  const server = testServer(storage.drafts, storage.files)
  return { storage, server, aigul: new Device(person(AIGUL, BEREKE)), pavel: new Device(person(PAVEL, DALA)) }
}

describe('a draft', () => {
  it('[DRA-22] what another server has stored and compacted away before this one read it reaches the devices here', async () => {
    const { storage, server, aigul, pavel, more, time } = await joint()
    const second = testServer(storage.drafts, storage.files, more)
    await aigul.connect(second)
    aigul.type(' келісім')
    const revision = await aigul.flush()
    await time.pass(5_000)
    const left = await storage.drafts.read(PLACE, pavel.haveRevision, 10)
    expect(left.filter(({ kind }) => kind === 'update')).toEqual([])
    await server.notice(PLACE, revision)
    expect(pavel.frames.at(-1)).toMatchObject({ kind: 'rejoin' })
    await pavel.connect(server)
    expect(pavel.text).toContain('келісім')
  })

  it('[DRA-1] starts as a template made once on the server, however many come at once', async () => {
    const { server, aigul, pavel, storage } = setting()
    await Promise.all([aigul.connect(server), pavel.connect(server)])
    expect(aigul.text).toBe(pavel.text)
    expect(aigul.text).toContain('Предмет спора')
    expect((await storage.drafts.read(PLACE, 0, 10)).filter((entry) => entry.kind === 'update')).toHaveLength(1)
  })

  it('[DRA-2] an edit is stored before its author is told, reaches the others, and is not sent back', async () => {
    const { server, storage, aigul, pavel } = setting()
    await aigul.connect(server)
    await pavel.connect(server)
    aigul.type(' келісім')
    const revision = await aigul.flush()
    expect(await storage.drafts.headOf(PLACE)).toBe(revision)
    expect(pavel.text).toContain('келісім')
    expect(aigul.frames).toEqual([])
    expect(pavel.frames).toMatchObject([{ kind: 'updates', revision }])
  })

  it('[DRA-3] rests encrypted: no word of it can be found in the store', async () => {
    const { server, storage, aigul } = setting()
    await aigul.connect(server)
    aigul.type('құпия сөз')
    await aigul.flush()
    const entries = await storage.drafts.read(PLACE, 0, 100)
    for (const { encrypted } of entries) expect(Buffer.from(encrypted).includes('құпия')).toBe(false)
  })

  it('[DRA-4] an edit under somebody else’s id is refused, however it is sent', async () => {
    const { server, aigul, pavel } = setting()
    await aigul.connect(server)
    await pavel.connect(server)
    const forged = new Y.Doc()
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(pavel.doc))
    forged.clientID = aigul.doc.clientID
    const before = Y.encodeStateVector(forged)
    appendBlocks(fragmentOf(forged, 'ru'), [block('forged', 'paragraph', 0, 'чужое')])
    const update = Y.encodeStateAsUpdate(forged, before)
    for (const kind of ['edit', 'stored'] as const) {
      expect(await problemOf(pavel.send(update, { kind }))).toMatchObject({
        kind: 'forbidden',
        reason: 'drafting/foreign-author',
      })
    }
    expect(aigul.frames).toEqual([])
  })

  it('[DRA-5] the first who writes under an id has it for good; a second person cannot join under it, nor write who joined before', async () => {
    const { server, aigul, pavel } = setting()
    const early = new Device(person(PAVEL, DALA))
    early.doc.clientID = aigul.doc.clientID
    await early.connect(server)
    await aigul.connect(server)
    aigul.type('a')
    await aigul.flush()
    early.doc.clientID = aigul.doc.clientID // Yjs has moved away from a stranger's
    early.type('b')
    expect(await problemOf(early.flush())).toMatchObject({ reason: 'drafting/foreign-author' })
    pavel.doc.clientID = aigul.doc.clientID
    expect(await problemOf(pavel.connect(server))).toMatchObject({ kind: 'conflict', reason: 'drafting/foreign-author' })
  })

  it('[DRA-6] edits stored by an earlier page life of the same person are merged at joining; of another person they are not', async () => {
    const { server, storage, aigul, pavel } = setting()
    await aigul.connect(server)
    aigul.cut()
    aigul.type(' офлайн')
    const stored = Y.mergeUpdates(aigul.unsent)
    const again = new Device(person(AIGUL, BEREKE))
    const { ownIds } = await again.connect(testServer(storage.drafts, storage.files), [aigul.doc.clientID])
    expect(ownIds).toEqual([aigul.doc.clientID])
    await again.send(stored, { kind: 'stored' })
    await pavel.connect(server)
    expect((await pavel.sessions.join(pavel.request([aigul.doc.clientID]))).ownIds).toEqual([])
    await server.notice(PLACE, 99)
    expect(pavel.text).toContain('офлайн')
  })

  it('[DRA-7] an edit that leans on what nobody has is refused, so nothing waits for ever in anybody’s copy', async () => {
    const { server, aigul } = setting()
    await aigul.connect(server)
    aigul.type('a')
    aigul.type('b')
    const [, second] = aigul.unsent
    if (!second) throw new Error('two edits')
    expect(await problemOf(aigul.send(second))).toMatchObject({
      reason: 'drafting/gap',
    })
  })

  it('[DRA-8] a retry of what is stored is answered "saved" and stores nothing', async () => {
    const { server, storage, aigul } = setting()
    await aigul.connect(server)
    aigul.type('once')
    const update = Y.mergeUpdates(aigul.unsent)
    const revision = await aigul.send(update)
    expect(await aigul.send(update)).toBe(revision)
    expect(await storage.drafts.headOf(PLACE)).toBe(revision)
  })

  it('[DRA-9] who is not in the joint session learns nothing; who is, outside a session, reads and does not write', async () => {
    const { server, aigul } = setting()
    aigul.mayRead = false
    expect(await problemOf(aigul.connect(server))).toEqual({ kind: 'not-found' })
    aigul.mayRead = true
    await aigul.connect(server)
    aigul.mayWrite = false
    aigul.type('late')
    expect(await problemOf(aigul.flush())).toMatchObject({ kind: 'conflict', reason: 'drafting/no-session' })
    aigul.mayRead = false
    expect(await problemOf(aigul.flush())).toEqual({ kind: 'not-found' })
  })

  it('[DRA-9] who was taken out of the joint session hears no more of the draft', async () => {
    const { server, aigul, pavel } = setting()
    await aigul.connect(server)
    await pavel.connect(server)
    pavel.mayRead = false
    aigul.type('only here')
    await aigul.flush()
    expect(pavel.frames).toEqual([])
  })

  it('[DRA-10] a full disk is answered "not saved"; when there is room again the same edit goes through', async () => {
    const { storage, server, aigul } = setting()
    await aigul.connect(server)
    storage.limitPages(1)
    aigul.type('ж'.repeat(60_000))
    expect(await problemOf(aigul.flush())).toMatchObject({ kind: 'unavailable', reason: 'drafting/not-saved' })
    storage.limitPages(100_000)
    expect(await aigul.flush()).toBe(await storage.drafts.headOf(PLACE))
  })

  it('[DRA-11] compacted while idle: joining anew gives the same text, from a snapshot', async () => {
    const { storage, server, aigul, pavel } = setting()
    await aigul.connect(server)
    for (let i = 0; i < 30; i++) {
      aigul.type(`${i} `)
      await aigul.flush()
    }
    await vi.waitFor(async () => expect((await storage.drafts.snapshot(PLACE))?.revision).toBe(aigul.revision), { timeout: 10_000 })
    const answer = await pavel.connect(server)
    expect(answer.snapshot).toBeDefined()
    expect(answer.updates).toEqual([])
    expect(pavel.text).toBe(aigul.text)
    const cold = new Device(person(MEDIATOR))
    await cold.connect(testServer(storage.drafts, storage.files))
    expect(cold.text).toBe(aigul.text)
    expect(cold.revision).toBe(aigul.revision)
  })

  it('[DRA-12] a device that has it all is sent nothing again', async () => {
    const { server, aigul } = setting()
    await aigul.connect(server)
    aigul.type('x')
    await aigul.flush()
    aigul.cut()
    const answer = await aigul.connect(server)
    expect(answer.snapshot).toBeUndefined()
    expect(answer.updates).toEqual([])
  })

  it('[DRA-13] a caret tells who it is by the server’s word alone, goes to those in the draft, and never to its owner', async () => {
    const { server, aigul, pavel } = setting()
    await aigul.connect(server)
    await pavel.connect(server)
    const { documentId } = aigul
    aigul.sessions.caret({ documentId, anchor: 'AAAA', head: 'AAAA' })
    aigul.sessions.caret({ documentId, anchor: 'AAAA', head: 'AAAA', participantId: PAVEL })
    aigul.sessions.caret('nonsense')
    expect(pavel.carets).toEqual([{ documentId, anchor: 'AAAA', head: 'AAAA', participantId: AIGUL, device: 1 }])
    expect(aigul.carets).toEqual([])
  })

  it('[DRA-179] who only looks stores nothing: opening, leaving and coming back move no number; the first words bring their claim with them', async () => {
    const { server, storage, aigul, pavel } = setting()
    await aigul.connect(server)
    const head = await storage.drafts.headOf(PLACE)
    for (let times = 0; times < 3; times++) {
      await pavel.connect(server)
      pavel.sessions.leave({ documentId: pavel.documentId })
    }
    expect(await storage.drafts.headOf(PLACE)).toBe(head)
    expect(await storage.drafts.readMarks(PLACE)).toEqual([])
    aigul.type('ab')
    await aigul.flush()
    aigul.type('c')
    await aigul.flush()
    const entries = await storage.drafts.read(PLACE, head, 100)
    expect(entries.map(({ kind, by }) => [kind, by])).toEqual([
      ['claim', AIGUL],
      ['update', AIGUL],
      ['update', AIGUL],
    ])
  })

  it('[DRA-14] claims do not move the number that "ready" names', async () => {
    const { server, aigul, pavel } = setting()
    await aigul.connect(server)
    const before = await server.head(CASE)
    await pavel.connect(server)
    expect(await server.head(CASE)).toEqual(before)
    aigul.type('.')
    await aigul.flush()
    expect((await server.head(CASE)).revision).toBeGreaterThan(before.revision)
  })

  it('[DRA-15] one person’s flood is slowed down and nobody else is', async () => {
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files, { limits: { editsBurst: 2, editsPerSecond: 0.001 } })
    const aigul = new Device(person(AIGUL, BEREKE))
    const pavel = new Device(person(PAVEL, DALA))
    await aigul.connect(server)
    await pavel.connect(server)
    for (const letter of 'ab') {
      aigul.type(letter)
      await aigul.flush()
    }
    aigul.type('c')
    expect(await problemOf(aigul.flush())).toMatchObject({ kind: 'too-many', reason: 'drafting/too-fast' })
    pavel.type('d')
    expect(await pavel.flush()).toBeGreaterThan(0)
  })

  it('[DRA-15] large edits one after another are slowed down by their size before they are read, each person by their own', async () => {
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files, { limits: { sizeBurst: 400, sizePerSecond: 0.001 } })
    const aigul = new Device(person(AIGUL, BEREKE))
    const pavel = new Device(person(PAVEL, DALA))
    await aigul.connect(server)
    await pavel.connect(server)
    aigul.type('x'.repeat(200_000))
    expect(await aigul.flush()).toBeGreaterThan(0)
    aigul.type('y'.repeat(200_000))
    const refused = { kind: 'too-many', reason: 'drafting/too-fast', details: { seconds: expect.any(Number) } }
    expect(await problemOf(aigul.flush())).toMatchObject(refused)
    expect(await problemOf(aigul.sessions.frame('*'.repeat(300_000)))).toMatchObject({ kind: 'too-many' })
    pavel.type('z'.repeat(200_000))
    expect(await pavel.flush()).toBeGreaterThan(0)
  })

  it('[DRA-17] an entry that no database takes fails alone; what stands behind it is stored', async () => {
    const storage = memoryStorage()
    let unstorable = true
    const store: DraftStore = {
      ...storage.drafts,
      async append(entries) {
        const at = unstorable ? entries.findIndex((entry) => entry.kind === 'update' && entry.by === AIGUL) : -1
        if (at < 0) return storage.drafts.append(entries)
        unstorable = false
        const before = await storage.drafts.append(entries.slice(0, at))
        return [...before, 'unstorable', ...entries.slice(at + 1).map(() => 'blocked' as const)]
      },
    }
    const server = testServer(store, storage.files)
    const aigul = new Device(person(AIGUL, BEREKE))
    const pavel = new Device(person(PAVEL, DALA))
    await aigul.connect(server)
    await pavel.connect(server)
    aigul.type('a')
    pavel.type('b')
    const answers = await Promise.allSettled([aigul.flush(), pavel.flush()])
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'fulfilled'])
    expect(await aigul.flush()).toBeGreaterThan(0)
    expect(pavel.text).toBe(aigul.text)
  })

  it('[DRA-16] frames name their generation; one of another is refused', async () => {
    const { server, aigul } = setting()
    await aigul.connect(server)
    aigul.type('x')
    const update = Y.mergeUpdates(aigul.unsent)
    expect(await problemOf(aigul.send(update, { generation: 2 }))).toMatchObject({ reason: 'drafting/other-generation' })
  })
})
