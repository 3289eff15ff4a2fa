import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { idOf } from '#server/testing/case-world.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { sessionEnded } from '#shared/cases/case-protocol.ts'
import { block, type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { appendBlocks, readBlocks } from '#shared/document/yjs-document.ts'
import { closingFactsOf } from '#shared/drafting/closing/closing-facts.ts'
import { confirmedOf, isToConfirm } from '#shared/drafting/closing/closing-fault.ts'
import { closingFaults } from '#shared/drafting/closing/closing-faults.ts'
import { requestFreezeRule } from '#shared/drafting/decide-freeze.ts'
import { closingFact } from '#shared/drafting/draft-facts.ts'
import { freezeRequested, readyGiven } from '#shared/drafting/drafting-protocol.ts'
import { templateOf } from '#shared/drafting/template.ts'
import { History, AIGUL as INSIDE, LAWYER, MEDIATOR, said, VERSION } from '#shared/drafting/testing/draft-history.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { draftFacts } from './draft-facts.ts'
import { Device, person } from './testing/device.ts'
import { CASE, memoryStorage, testServer, threadless } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, supplyCase } from './testing/supply-case.ts'

const NOW = Date.parse('2026-11-28T18:30:00Z')
function factsOn(now: number) {
  const facts = closingFactsOf({ facts: supplyCase('ru') }, now)
  if (!facts) throw new Error('no case')
  return facts
}

/** A device that has written this text over the template, and the server that it wrote to. */
async function written(blocks: readonly DocumentBlock[], more: Parameters<typeof testServer>[2] = {}) {
  const storage = memoryStorage()
  const server = testServer(storage.drafts, storage.files, more)
  const device = new Device(person(AIGUL, BEREKE))
  await device.connect(server)
  device.fragment.delete(0, device.fragment.length)
  if (blocks.length > 0) appendBlocks(device.fragment, blocks)
  await device.flush()
  return { server, device }
}

const PIECES = ['', 'Дaла', 'Стороны', '\u202e', '1OO 000', 'а\u0301', '北京', '28 ноября 2026 года', 'x'.repeat(301), 'Ерлан Омаров']
function sequence(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
function someText(next: (below: number) => number): readonly DocumentBlock[] {
  const filled = templateOf(supplyCase('ru'), '2026-11-28').map((each) =>
    wordsOf(each) === '' ? { ...each, runs: [{ text: 'Уплатить 5 000 ₸ в течение месяца.', marks: [] }] } : each,
  )
  const odds = next(3) === 0 ? 200 : 12
  return filled.flatMap((each) => {
    if (next(odds) === 0) return []
    return next(odds) === 0 ? [{ ...each, runs: [{ text: PIECES[next(PIECES.length)] ?? '', marks: [] }] }] : [each]
  })
}
function ask(faults: ReturnType<typeof closingFaults>, confirmed: ReturnType<typeof confirmedOf> = []) {
  return new History(INSIDE, LAWYER)
    .add(directAudience(INSIDE), readyGiven, { revision: 7 })
    .add(directAudience(LAWYER), readyGiven, { revision: 7 })
    .ask(requestFreezeRule, MEDIATOR, { versionId: VERSION, revision: 7, confirmed }, { revision: 7, generation: 1 }, NOW, faults)
}

describe('what the server finds in a text that is to be closed', () => {
  it('[DRA-262] is what the device found in its own copy; without it the text can be closed, with it everything is refused at once', async () => {
    const seen = { closed: 0, confirmed: 0, refused: 0 }
    for (let round = 1; round <= 40; round++) {
      const { server, device } = await written(someText(sequence(round)))
      const shown = closingFaults(readBlocks(device.fragment), factsOn(NOW))
      const { revision, faults } = await server.closing(CASE, factsOn(NOW))
      expect(revision).toBe(device.revision)
      expect(faults).toEqual(shown)
      const decision = ask(faults)
      const mustBeMended = faults.filter((fault) => !isToConfirm(fault))
      if (faults.length === 0) seen.closed++
      else if (mustBeMended.length === 0) seen.confirmed++
      else seen.refused++
      if (faults.length === 0) expect(said(decision)).toBe('draft:freeze-requested→all')
      else {
        expect(said(decision)).toBe('conflict drafting/closing-faults')
        expect(decision).toMatchObject({ problem: { details: { places: faults.length } } })
      }
      const left = ask(faults, confirmedOf(faults))
      if (mustBeMended.length > 0) expect(left).toMatchObject({ problem: { details: { places: mustBeMended.length } } })
      else {
        expect(said(left)).toBe('draft:freeze-requested→all')
        const doc = await threadless.canonical(CASE, { ...textOf(device), language: 'ru' })
        expect(doc.ok).toBe(true)
      }
      await server.close()
    }
    expect(Math.min(seen.closed, seen.confirmed, seen.refused)).toBeGreaterThan(3)
  })

  it('[DRA-258] goes by the day in Kazakhstan at which it is asked', async () => {
    const filled = someText(() => 1)
    const { server } = await written(filled)
    expect((await server.closing(CASE, factsOn(NOW))).faults).toEqual([])
    const nextDay = (await server.closing(CASE, factsOn(NOW + 3_600_000))).faults
    expect(nextDay).toMatchObject([{ kind: 'other-date', found: '28 ноября 2026 года', instead: ['29 ноября 2026 года'] }])
    await server.close()
  })

  it('[DRA-263] a text that takes too long to read is at fault itself; no room for the task is no fault of it', async () => {
    const failing = (reason: 'timeout' | 'queue-full') => ({
      worker: { ...threadless, closing: async () => Promise.reject(new WorkerFailure(reason)) },
    })
    const filled = [block('a', 'paragraph', 0, 'Слово')]
    const own = await written(filled, failing('timeout'))
    expect((await own.server.closing(CASE, factsOn(NOW))).faults).toEqual([{ kind: 'too-long', found: '' }])
    const full = await written(filled, failing('queue-full'))
    await expect(full.server.closing(CASE, factsOn(NOW))).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
    await Promise.all([own.server.close(), full.server.close()])
  })
})

describe('who has a text looked through', () => {
  const asked = async (who: typeof MEDIATOR, change: (history: History) => History = (history) => history) => {
    let looked = 0
    const unread = async () => Promise.reject(new Error('another fact'))
    const closing = async () => ({ revision: 7, faults: [], looked: ++looked })
    const provider = draftFacts({ head: unread, savedStates: unread, closing }).find(({ fact }) => fact.name === closingFact.name)
    const history = change(new History(INSIDE, LAWYER))
    const role = who === MEDIATOR ? ('mediator' as const) : ('party' as const)
    await provider?.provide({
      caseId: CASE,
      actor: { kind: 'person', caseId: CASE, id: who, role },
      commandId: idOf('command'),
      input: {},
      view: history.viewOf(who),
      now: NOW,
    })
    return looked
  }

  it('[DRA-264] the mediator, while it may be closed, and nobody else', async () => {
    expect(await asked(MEDIATOR)).toBe(1)
    expect(await asked(INSIDE)).toBe(0)
    expect(await asked(MEDIATOR, (history) => history.add('case', sessionEnded, {}))).toBe(0)
    expect(await asked(MEDIATOR, (history) => history.add('all', freezeRequested, { versionId: VERSION, revision: 7 }))).toBe(0)
  })
})

function textOf(device: Device) {
  return { updates: [Y.encodeStateAsUpdate(device.doc)] }
}
