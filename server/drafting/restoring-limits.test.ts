// What a hostile person could do to restorations: wear them out, hold them up, or have the states thinned away.
import { describe, expect, it } from 'vitest'
import { WorkerFailure } from '#server/workers/task.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, readBlocks } from '#shared/document/yjs-document.ts'
import type { RestorationId } from '#shared/kernel/ids.ts'
import { DocumentCipher } from './document-cipher.ts'
import { textName } from './saved-states.ts'
import type { Device } from './testing/device.ts'
import { CASE, ciphersWith, PLACE, TEST_KEY, testServer, threadless } from './testing/drafting-server.ts'
import { joint, settled, undoNewest } from './testing/joint-draft.ts'

/** Empty clauses are no words. */
const wordsOf = (device: Device) => readBlocks(device.fragment).filter(({ runs }) => runs.length > 0)

describe('whoever deletes and undoes for ever', () => {
  it('[DRA-157] wears nothing out: what is deleted the tenth time comes back as the first time', async () => {
    const made = await joint()
    const { pavel, aigul, log, time } = made
    for (let part = 0; part < 5; part++) {
      appendBlocks(
        pavel.fragment,
        Array.from({ length: 12 }, (_, index) => block(`w${part}-${index}`, 'paragraph', 0, `${part}-${index} слово `.repeat(140))),
      )
      await pavel.flush()
    }
    await time.pass(120_000)
    const was = wordsOf(pavel)
    for (let round = 0; round < 10; round++) {
      aigul.fragment.delete(0, aigul.fragment.length)
      await aigul.flush()
      await time.pass(15_000)
      await undoNewest(made)
      expect(log.restoring.last, `round ${round}`).toMatchObject({ outcome: { revision: expect.any(Number) } })
      expect(readBlocks(pavel.fragment).length).toBeGreaterThan(60)
      await time.pass(15_000)
    }
    expect(wordsOf(pavel)).toEqual(was)
    expect(made.server.troubles).toEqual([])
  })

  it('[DRA-157] and writes on, so that what is deleted is not compacted away: a large text comes back too', async () => {
    const made = await joint()
    const { pavel, aigul, mediator, log, time } = made
    for (const [part, device] of [pavel, mediator].entries()) {
      const words = Array.from({ length: 24 }, (_, index) => `${part}-${index} слово `.repeat(1_800))
      for (const [index, each] of words.entries()) {
        appendBlocks(device.fragment, [block(`w${part}-${index}`, 'paragraph', 0, each)])
        await device.flush()
        await time.pass(3_000)
      }
    }
    await time.pass(120_000)
    const was = wordsOf(pavel)
    aigul.fragment.delete(0, aigul.fragment.length)
    appendBlocks(aigul.fragment, [block('own', 'paragraph', 0, '')])
    await aigul.flush()
    for (let second = 0; second < 12; second++) {
      aigul.type('я')
      await aigul.flush()
      await time.pass(1_000)
    }
    await undoNewest(made)
    expect(log.restoring.last).toMatchObject({ outcome: { revision: expect.any(Number) } })
    expect(wordsOf(pavel).filter(({ id }) => id !== 'own')).toEqual(was)
  })
})

describe('an alarm', () => {
  it('[DRA-161] of whoever deletes as the last one in the text and goes is still told when the text is put away', async () => {
    const { pavel, aigul, mediator, log, time, server } = await joint()
    appendBlocks(pavel.fragment, [block('w', 'paragraph', 0, 'Все слова соглашения. '.repeat(30))])
    await pavel.flush()
    for (const device of [pavel, mediator, aigul]) device.sessions.leave({ documentId: device.documentId })
    await time.pass(2_000)
    await aigul.connect(server)
    await time.pass(27_500)
    aigul.fragment.delete(0, aigul.fragment.length)
    await aigul.flush()
    aigul.sessions.leave({ documentId: aigul.documentId })
    await time.pass(10_000)
    expect(log.restoring.deletions).toHaveLength(1)
  })
})

describe('beginning anew from an old state when there is no room for more', () => {
  it('[DRA-156] the state that is asked for does not go for the one that is saved before it', async () => {
    const made = await joint()
    const { pavel, log, server, time, mediator } = made
    pavel.type('Договорились. ')
    await pavel.flush()
    for (let minute = 0; minute < 205; minute++) {
      pavel.type('.', 0)
      await pavel.flush()
      await time.pass(minute === 100 ? 181_000 : 200_000)
    }
    const { documentId } = pavel
    const { states } = await mediator.sessions.states({ documentId })
    expect(states).toHaveLength(200)
    const gaps = states.map((_, index) => ({ index, gap: (states[index + 1]?.at ?? Infinity) - (states[index - 1]?.at ?? -Infinity) }))
    const next = states[gaps.sort((a, b) => a.gap - b.gap)[0]?.index ?? 0]?.revision ?? 0 // the first to go
    const { blocks } = await mediator.sessions.state({ documentId, revision: next })
    pavel.type('!', 0)
    await pavel.flush()
    log.asks({ way: 'begin-anew', restorationId: RESTORATION, revision: next })
    await server.settle(CASE)
    await pavel.connect(server)
    expect(JSON.parse(pavel.text)).toEqual(blocks)
  })
})

const RESTORATION = 'restoration0000000000A' as RestorationId

describe('a restoration that is under way', () => {
  async function asked(way: 'bring-back' | 'begin-anew') {
    const made = await joint()
    const { pavel, log, time, mediator } = made
    pavel.type('Договорились. ')
    await pavel.flush()
    await time.pass(190_000)
    const { states } = await mediator.sessions.states({ documentId: pavel.documentId })
    const revision = states.at(-1)?.revision ?? 0
    pavel.type('!', 0)
    await pavel.flush()
    log.asks({ way, restorationId: RESTORATION, revision })
    return { ...made, revision }
  }

  it('[DRA-156] comes to an end though somebody writes each time between the saving and the mark', async () => {
    const { storage, pavel, log, more, revision, mediator } = await asked('begin-anew')
    let edits = 0
    const store = {
      ...storage.drafts,
      archive: async (copy: Parameters<typeof storage.drafts.archive>[0]) => {
        await storage.drafts.archive(copy)
        edits++
        pavel.type('я', 0)
        await Promise.race([pavel.flush().catch(() => undefined), settled()])
      },
    }
    const server = testServer(store, storage.files, more)
    await pavel.connect(server)
    await server.settle(CASE)
    expect(log.restoring.last).toMatchObject({ outcome: { revision: expect.any(Number) } })
    expect(edits).toBeLessThan(10)
    const { blocks } = await mediator.sessions.state({ documentId: pavel.documentId, revision })
    await pavel.connect(server)
    expect(JSON.parse(pavel.text)).toEqual(blocks)
  })

  it.each(['bring-back', 'begin-anew'] as const)(
    '[DRA-152] %s: which the worker has no time for is over after two minutes',
    async (way) => {
      const { storage, log, more, time } = await asked(way)
      const busy = () => Promise.reject(new WorkerFailure('queue-full'))
      const server = testServer(storage.drafts, storage.files, { ...more, worker: { ...threadless, bringBack: busy, beginFrom: busy } })
      const { pending } = log.restoring
      if (!pending) throw new Error('it was asked for')
      log.restoring = { ...log.restoring, pending: { ...pending, at: time.clock.now() } }
      await server.settle(CASE)
      await time.pass(110_000)
      expect(log.restoring.pending).toBeDefined()
      await time.pass(20_000)
      expect(log.restoring).toMatchObject({ pending: undefined, last: { outcome: { fault: 'failed' } } })
    },
  )

  it('[DRA-154] a copy that was left half done, and is broken or of another epoch, keeps no text from being saved', async () => {
    for (const change of ['broken', 'epoch'] as const) {
      const { storage, log, more, pavel, mediator } = await asked('bring-back')
      const cipher = new DocumentCipher(PLACE, await ciphersWith(TEST_KEY)(CASE, 'all'))
      const left = cipher.copy(textName(pavel.revision), { at: 1, updates: [], behind: [] }, change === 'epoch' ? 7 : 1)
      await storage.drafts.archive(change === 'broken' ? { ...left, encrypted: left.encrypted.map((byte) => byte ^ 1) } : left)
      const { revision, text } = pavel
      const server = testServer(storage.drafts, storage.files, more)
      await server.settle(CASE)
      expect(log.restoring.last).toMatchObject({ outcome: { revision: expect.any(Number) } })
      await mediator.sessions.states({ documentId: pavel.documentId })
      const { blocks } = await mediator.sessions.state({ documentId: pavel.documentId, revision })
      expect(JSON.stringify(blocks)).toBe(text)
    }
  })
})
