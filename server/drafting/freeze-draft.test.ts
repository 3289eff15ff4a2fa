import { describe, expect, it, vi } from 'vitest'
import { storedBytes } from '#server/storage/contracts/samples.ts'
import { wholeBytes } from '#server/storage/encrypted-files.ts'
import type { Storage } from '#server/storage/ports.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElements, textOf } from '#shared/document/yjs-document.ts'
import {
  draftReopened,
  freezeCancel,
  freezeCancelled,
  freezeRequested,
  versionFreeze,
  versionFrozen,
} from '#shared/drafting/drafting-protocol.ts'
import { type DraftState, draftFold } from '#shared/drafting/drafting-state.ts'
import { evolveDraft } from '#shared/drafting/evolve-draft.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import type { DraftingDeps } from './drafting-service.ts'
import { Device, person } from './testing/device.ts'
import { CASE, ciphersWith, filesOver, memoryStorage, PLACE, TEST_KEY, testServer, threadless } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, DALA, MEDIATOR, PAVEL } from './testing/supply-case.ts'
import { keepVersionFile, openVersionFile, versionFileId } from './version-files.ts'

const VERSION = asId<VersionId>('version'.padEnd(22, '0'))
const SECOND = asId<VersionId>('second'.padEnd(22, '0'))

/** The part of the case log that freezing reads and writes: the fold of `all`, each system step once by its cause. */
class Log {
  state: DraftState = draftFold.initial
  readonly causes = new Set<string>()
  #seq = 0
  happens(definition: { readonly name: string }, body: unknown): void {
    const event: ParsedEvent = {
      audience: 'all',
      epoch: 0,
      seq: ++this.#seq,
      type: definition.name,
      by: 'system',
      at: 1000 + this.#seq,
      hash: '',
      body,
    }
    this.state = evolveDraft(this.state, event)
  }
  readonly deps: Pick<DraftingDeps, 'draftState' | 'runSystem'> = {
    draftState: async () => this.state,
    runSystem: async (_case, command, input, cause) => {
      if (this.causes.has(cause)) return
      this.causes.add(cause)
      if (this.state.phase.kind !== 'freezing') return
      if (command.name === freezeCancel.name) this.happens(freezeCancelled, input)
      if (command.name === versionFreeze.name) this.happens(versionFrozen, { ...(input as object), signers: [AIGUL, MEDIATOR] })
    },
  }
}

async function setting(more: Partial<DraftingDeps> = {}) {
  const storage = memoryStorage()
  const log = new Log()
  const server = testServer(storage.drafts, storage.files, { ...log.deps, ...more })
  const aigul = new Device(person(AIGUL, BEREKE))
  const pavel = new Device(person(PAVEL, DALA))
  await aigul.connect(server)
  await pavel.connect(server)
  return { storage, log, server, aigul, pavel }
}

/** The template's empty clauses, filled by hand. */
async function readVersionFile({ files }: Pick<Storage, 'files'>, id: FileId): Promise<Uint8Array | undefined> {
  const opened = await openVersionFile({ files: filesOver(files), ciphers: ciphersWith(TEST_KEY) }, CASE, id)
  return opened && wholeBytes(opened)
}

async function fill(device: Device) {
  for (const element of blockElements(device.fragment)) {
    const text = textOf(element)
    if (text?.length === 0) text.insert(0, 'Долг составляет 1 840 000 ₸.')
  }
  await device.flush()
}

describe('freezing', () => {
  it('[DRA-50] [DOC-37] closes behind the named text, stores text and PDF, and says so once, naming the document', async () => {
    const { storage, log, server, aigul } = await setting()
    await fill(aigul)
    log.happens(freezeRequested, { versionId: VERSION, revision: aigul.revision })
    await server.settle(CASE)
    expect(log.state.phase).toMatchObject({ kind: 'frozen', versionId: VERSION })
    const text = await readVersionFile(storage, versionFileId(VERSION, 'text'))
    expect(new TextDecoder().decode(text)).toContain('1 840 000 ₸')
    expect(aigul.frames.at(-1)).toMatchObject({ kind: 'closed', versionId: VERSION })
    expect(log.state.versions[0]).toMatchObject({ revision: aigul.revision, language: 'ru', documentId: settlementOf(CASE).id })
  })

  it("[SIG-70] a version's files rest encrypted, bound to their place", async () => {
    const { storage } = await setting()
    const files = { files: filesOver(storage.files), ciphers: ciphersWith(TEST_KEY) }
    const bytes = new TextEncoder().encode('Долг составляет 1 840 000 ₸.')
    const [paper, pdf] = [versionFileId(VERSION, 'paper'), versionFileId(VERSION, 'pdf')]
    await keepVersionFile(files, CASE, paper, bytes)
    expect((await storedBytes(storage.files, paper))?.includes(Buffer.from(bytes.subarray(0, 8)))).toBe(false)
    expect(Buffer.from(bytes).equals((await readVersionFile(storage, paper)) ?? bytes.subarray(1))).toBe(true)
    const stored = await storage.files.read(paper)
    if (stored?.form !== 'pieces') throw new Error('no file in pieces')
    const copy = storage.files.write(pdf, 0)
    for await (const piece of stored.pieces()) await copy.append(piece)
    await copy.finish(stored)
    await expect(readVersionFile(storage, pdf)).rejects.toThrow()
  })

  it('[DRA-51] somebody who writes first cancels it: the draft is open, the edit is there', async () => {
    const { log, server, aigul, pavel } = await setting()
    await fill(aigul)
    const { revision } = aigul
    pavel.type('!')
    await pavel.flush()
    log.happens(freezeRequested, { versionId: VERSION, revision })
    await server.settle(CASE)
    expect(log.state.lastOpened).toMatchObject({ kind: 'cancelled', reason: 'somebody-wrote' })
    pavel.type('?')
    expect(await pavel.flush()).toBeGreaterThan(revision)
  })

  it('[DRA-51] typing while it is being closed: each edit is in the frozen text, cancels it, or is answered "not saved"', async () => {
    for (let round = 0; round < 10; round++) {
      const { storage, log, server, aigul, pavel } = await setting()
      await fill(aigul)
      log.happens(freezeRequested, { versionId: VERSION, revision: aigul.revision })
      const settled = server.settle(CASE)
      for (let i = 0; i < round; i++) await Promise.resolve()
      pavel.type('Щ')
      const answer = await pavel.flush().catch((error: unknown) => error)
      await settled
      if (log.state.phase.kind === 'frozen') {
        expect(answer).toBeInstanceOf(AppError)
        expect(pavel.unsent).toHaveLength(1)
        const text = await readVersionFile(storage, versionFileId(VERSION, 'text'))
        expect(new TextDecoder().decode(text)).not.toContain('Щ')
      } else {
        expect(log.state.lastOpened).toMatchObject({ reason: 'somebody-wrote' })
        expect(answer).toBeTypeOf('number')
      }
    }
  })

  it('[DRA-52] an empty clause, a deceptive character, a text without words: named, and the draft open again', async () => {
    const { log, server, aigul } = await setting()
    log.happens(freezeRequested, { versionId: VERSION, revision: aigul.revision })
    await server.settle(CASE)
    expect(log.state.lastOpened).toMatchObject({ reason: 'empty-clause', details: { clause: '1' } })
    await fill(aigul)
    aigul.type('\u202e')
    await aigul.flush()
    log.happens(freezeRequested, { versionId: SECOND, revision: aigul.revision })
    await server.settle(CASE)
    expect(log.state.lastOpened).toMatchObject({ reason: 'character', details: { codePoint: 'U+202E' } })
    aigul.fragment.delete(0, aigul.fragment.length)
    await aigul.flush()
    const third = asId<VersionId>('third'.padEnd(22, '0'))
    log.happens(freezeRequested, { versionId: third, revision: aigul.revision })
    await server.settle(CASE)
    expect(log.state.lastOpened).toMatchObject({ reason: 'empty' })
    appendBlocks(aigul.fragment, [block('again', 'paragraph', 0, 'Дальше.')])
    expect(await aigul.flush()).toBe(aigul.revision)
  })

  it('[DRA-53] what was refused while closing goes through when the closing is cancelled: nothing was frozen in between', async () => {
    let finish = (_: Uint8Array) => {}
    const { log, server, aigul } = await setting({
      makePdf: () => new Promise((_, reject) => (finish = () => reject(new WorkerFailure('died')))),
    })
    await fill(aigul)
    log.happens(freezeRequested, { versionId: VERSION, revision: aigul.revision })
    const settled = server.settle(CASE)
    await vi.waitFor(() => expect(aigul.frames.at(-1)?.kind).toBe('closed'))
    aigul.type('Ж')
    await expect(aigul.flush()).rejects.toMatchObject({ problem: { reason: 'drafting/closed' } })
    await new Promise((resolve) => setImmediate(resolve))
    finish(new Uint8Array())
    await settled
    expect(log.state.lastOpened).toMatchObject({ reason: 'cannot-make' })
    expect(aigul.generation).toBe(1)
    expect(await aigul.flush()).toBeGreaterThan(0)
  })

  it('[DRA-54] reopened after freezing: the same document goes on, in a new generation; an edit of the old one is refused', async () => {
    const { log, server, aigul } = await setting()
    await fill(aigul)
    log.happens(freezeRequested, { versionId: VERSION, revision: aigul.revision })
    await server.settle(CASE)
    aigul.type('late')
    const late = aigul.unsent[0]
    if (!late) throw new Error('an edit')
    log.happens(draftReopened, { versionId: VERSION })
    await server.settle(CASE)
    expect(aigul.generation).toBe(2)
    await expect(aigul.send(late, { generation: 1 })).rejects.toMatchObject({
      problem: { reason: 'drafting/other-generation' },
    })
    expect((await server.head(CASE)).generation).toBe(2)
    expect(await aigul.flush()).toBeGreaterThan(0)
  })

  it('[DRA-235] a text that was closed and fell is another one to be ready for, with the same words; it can be closed as that one', async () => {
    const { log, server, aigul } = await setting()
    await fill(aigul)
    const ready = (await server.head(CASE)).revision
    log.happens(freezeRequested, { versionId: VERSION, revision: ready })
    await server.settle(CASE)
    log.happens(draftReopened, { versionId: VERSION })
    await server.settle(CASE)
    const { revision } = await server.head(CASE)
    expect(revision).toBeGreaterThan(ready)
    expect(aigul.revision).toBe(revision)
    log.happens(freezeRequested, { versionId: SECOND, revision })
    await server.settle(CASE)
    expect(log.state.phase).toMatchObject({ kind: 'frozen', versionId: SECOND })
  })

  it.each(['close', 'read', 'text', 'pdf-file', 'step'] as const)(
    '[DRA-55] killed before or after "%s", another server completes it once, with the same files',
    async (where) => {
      for (const moment of ['before', 'after'] as const) {
        const storage = memoryStorage()
        const files = filesOver(storage.files)
        const log = new Log()
        let armed = true
        const dies = async <T>(at: typeof where, work: () => Promise<T>): Promise<T> => {
          if (armed && at === where && moment === 'before') throw new Error('killed')
          const result = await work()
          if (armed && at === where && moment === 'after') throw new Error('killed')
          return result
        }
        const first = testServer(
          {
            ...storage.drafts,
            append: (entries) =>
              entries[0]?.kind === 'close' ? dies('close', () => storage.drafts.append(entries)) : storage.drafts.append(entries),
          },
          storage.files,
          {
            ...log.deps,
            files: {
              ...files,
              keep: (place, bytes) =>
                dies(place.id === versionFileId(VERSION, 'text') ? 'text' : 'pdf-file', () => files.keep(place, bytes)),
            },
            worker: {
              ...threadless,
              canonical: (caseId, text) => dies('read', () => threadless.canonical(caseId, text)),
            },
            runSystem: (...step) => dies('step', () => log.deps.runSystem(...step)),
            timers: { after: () => () => undefined },
          },
        )
        const aigul = new Device(person(AIGUL, BEREKE))
        await aigul.connect(first)
        await fill(aigul)
        log.happens(freezeRequested, { versionId: VERSION, revision: aigul.revision })
        await first.settle(CASE)
        armed = false
        const second = testServer(storage.drafts, storage.files, log.deps)
        await second.settle(CASE)
        await first.settle(CASE)
        expect(log.state.phase).toMatchObject({ kind: 'frozen', versionId: VERSION })
        expect(log.state.versions).toHaveLength(1)
        expect((await storage.drafts.readMarks(PLACE)).filter((mark) => mark.kind === 'close')).toHaveLength(1)
        await aigul.connect(second)
        aigul.type('x')
        await expect(aigul.flush()).rejects.toMatchObject({ problem: { reason: 'drafting/closed' } })
        await Promise.all([first.close(), second.close()])
      }
    },
  )
})
