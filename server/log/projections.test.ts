// What follows from the log, kept beside it: in the background, compared before it is written, and brought up to date after whatever went wrong.
import { describe, expect, it } from 'vitest'
import { encryptProjections } from '#server/storage/encrypted-projections.ts'
import type { ProjectionStore } from '#server/storage/ports.ts'
import type { SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import { act, newCommandId, openSession, type SupplyCase, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { type MovingTimers, movingTimers } from '#server/testing/moving-timers.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { Fold } from '#shared/log/fold.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { CaseLog } from './case-log.ts'
import { defineProjection, type Projection, tableOf } from './projection.ts'
import { makeProjections, PATIENCE_MS, type Projections } from './projections.ts'

const DAY = 24 * 60 * 60_000

interface Line {
  readonly title: string
  readonly openedAt: number
  readonly inSession: boolean
  readonly kind: string
}

const lines = defineProjection<Line, 'byKind'>({
  name: 'lines',
  version: 1,
  reads: ['case'],
  lookups: { byKind: { equals: ['kind'], order: 'openedAt' } },
  async of(caseId, view) {
    const { facts, openedAt = 0, session } = view.state(caseFold, 'case') ?? {}
    const value = { title: facts?.title ?? '', openedAt, inSession: session !== undefined, kind: 'any' }
    return [{ id: caseId, value: { ...value, audiences: view.audiences().join() } }]
  },
})

interface Words {
  readonly text: string
  readonly at: number
}
const said = defineProjection<Words, 'all'>({
  name: 'said',
  version: 1,
  reads: ['all'],
  lookups: { all: { equals: [], order: 'at' } },
  async of(caseId, view) {
    const talk = view.state(messagingFold, 'all')
    return (talk ? valuesOf(talk.messages) : []).map(({ seq, text, at }) => ({ id: `${caseId}/${seq}`, value: { text: text ?? '', at } }))
  },
})

interface Kept {
  readonly log: CaseLog
  readonly projections: Projections
  readonly store: ProjectionStore
  readonly puts: readonly string[]
  readonly loaded: ReadonlySet<CaseId>
  readonly troubles: readonly unknown[]
  readonly timers: MovingTimers
}

interface Options {
  readonly declared?: readonly Projection[]
  readonly put?: ProjectionStore['put']
  readonly seed?: string
  readonly clock?: Clock
  readonly isAlone?: boolean
}

/** One server over this storage, as compose wires it. */
function server(
  storage: SqliteStorage,
  { declared = [lines], put, seed = 'seed', clock = setClock(), isAlone = true }: Options = {},
): Kept {
  const entropy = seededEntropy(seed)
  const encrypted = encryptProjections(storage.projections, { keys: storage.keys, masterKey: new Uint8Array(32).fill(7), entropy })
  const puts: string[] = []
  const loaded = new Set<CaseId>()
  const troubles: unknown[] = []
  const store: ProjectionStore = {
    ...encrypted,
    async put(table, documents) {
      puts.push(...documents.map(({ id }) => id))
      await (put ?? encrypted.put)(table, documents)
    },
  }
  const subscribers = subscribed({ loaded: (caseId) => void loaded.add(caseId) })
  const log = serverOver({ storage, seed, subscribers, folds: [messagingFold as Fold] })
  const onTrouble = (cause: unknown) => void troubles.push(cause)
  const timers = movingTimers()
  const projections = makeProjections({
    projections: declared,
    store,
    records: storage.records,
    log,
    stored: storage.log,
    clock,
    timers,
    isAlone,
    onTrouble,
  })
  subscribers.add(projections.subscriber)
  return { log, projections, store, puts, loaded, troubles, timers }
}

const asked = { lookup: 'byKind', equals: ['any'], direction: 'descending', limit: 10 } as const
const page = async ({ projections }: Kept, more: { readonly after?: string; readonly limit?: number } = {}) =>
  made(await projections.page(lines, { ...asked, ...more }))

function made<Page extends object>(answer: Page | 'being-made'): Page {
  if (answer === 'being-made') throw new Error('the list is still being made')
  return answer
}

async function say(log: CaseLog, { caseId, mediator }: SupplyCase, text: string, audience: Audience = 'all') {
  const { epoch = 0, seq = 0, hash = '' } = (await log.state(caseId)).audiences.get(audience) ?? {}
  const id = newCommandId()
  const [place] = await act(log, mediator, messagePost, { audience, id, text }, { id, seen: { audience, epoch, seq, hash } })
  return { audience, epoch: place?.epoch ?? 0, seq: place?.seq ?? 0 }
}

describe('projections', () => {
  it('[LOG-60] follow each commit, are read with all that was committed before, and are written only when something changes', async () => {
    const storage = memoryStorage()
    const kept = server(storage)
    const world = supplyCase()
    await openSession(kept.log, world)
    expect((await page(kept)).values).toMatchObject([{ title: world.body.title, inSession: true }])
    const before = kept.puts.length
    for (const text of ['бір', 'екі', 'үш']) await say(kept.log, world, text)
    await page(kept)
    expect(kept.puts.length).toBe(before)
    await act(kept.log, world.mediator, sessionEnd, {})
    expect((await page(kept)).values).toMatchObject([{ inSession: false }])
    expect(kept.puts.length).toBe(before + 1)
    await storage.close()
  })

  it('[LOG-61] are shown the audiences that they declare, and nothing of any other', async () => {
    const storage = memoryStorage()
    const kept = server(storage)
    await openSession(kept.log, supplyCase())
    expect((await page(kept)).values).toMatchObject([{ audiences: 'case' }])
    await storage.close()
  })

  it('[LOG-60] keep no acknowledgement waiting, whatever becomes of what they write', async () => {
    const storage = memoryStorage()
    const kept = server(storage, { put: () => new Promise(() => undefined) })
    const world = supplyCase()
    await openSession(kept.log, world)
    await say(kept.log, world, 'жауап келді')
    expect(kept.puts).toEqual([world.caseId])
    await storage.close()
  })

  it('[LOG-62] killed between a commit and its writing, a start catches up with the cases that are behind, and reads no other', async () => {
    const storage = memoryStorage()
    const [one, two, three] = [supplyCase(2, 'one'), supplyCase(2, 'two'), supplyCase(2, 'three')]
    const before = server(storage)
    for (const world of [one, two, three]) await openSession(before.log, world)
    await say(before.log, three, 'бұл тізімді өзгертпейді')
    await before.projections.close()
    const killed = server(storage, { put: () => Promise.reject(new Error('killed')), seed: 'killed' })
    await act(killed.log, two.mediator, sessionEnd, {})
    await killed.projections.page(lines, { lookup: 'byKind', equals: ['any'], direction: 'ascending', limit: 1 })
    const after = server(storage, { seed: 'after' })
    await after.projections.catchUp()
    expect([...after.loaded]).toEqual([two.caseId])
    const { values } = await page(after)
    expect(values.map(({ inSession }) => inSession).sort()).toEqual([false, true, true])
    const again = server(storage, { seed: 'again' })
    await again.projections.catchUp()
    expect(again.loaded.size).toBe(0)
    await storage.close()
  })

  it('[LOG-62] killed before positions were written down, the cases at work are compared, and nothing is written again', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const before = server(storage)
    await openSession(before.log, world)
    await page(before)
    const after = server(storage, { seed: 'after' })
    await after.projections.catchUp()
    expect([[...after.loaded], after.puts]).toEqual([[world.caseId], []])
    await storage.close()
  })

  it('[LOG-63] what failed is told once and tried again with the next writing down', async () => {
    const storage = memoryStorage()
    let isFull = true
    const put: ProjectionStore['put'] = async (table, documents) => {
      if (isFull) throw new Error('the disk is full')
      await real.store.put(table, documents)
    }
    const real = server(storage, { seed: 'real' })
    const kept = server(storage, { put })
    await openSession(kept.log, supplyCase())
    expect((await page(kept)).values).toEqual([])
    await kept.projections.save()
    await page(kept)
    expect(kept.troubles).toHaveLength(1)
    isFull = false
    await kept.projections.save()
    expect((await page(kept)).values).toHaveLength(1)
    await storage.close()
  })

  it('[LOG-64] another version has a table of its own, made anew; the old one is dropped', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const before = server(storage)
    await openSession(before.log, world)
    await before.projections.close()
    const next: Projection = { ...lines, version: 2, of: async (id) => [{ id, value: { title: 'жаңа', kind: 'any', openedAt: 1 } }] }
    const after = server(storage, { declared: [next], seed: 'after' })
    await after.projections.catchUp()
    expect(await storage.projections.tables()).toEqual([tableOf(next)])
    const query = { lookup: 'byKind', equals: ['any'], direction: 'ascending', limit: 5 } as const
    expect(made(await after.projections.page(next, query)).values).toEqual([{ title: 'жаңа', kind: 'any', openedAt: 1 }])
    await storage.close()
  })

  it('[LOG-81] beside other servers the table of another release stays until nobody has used it for a day', async () => {
    const storage = memoryStorage()
    const clock = setClock()
    const shared = { clock, isAlone: false }
    const next: Projection = { ...lines, version: 2 }
    const start = async (declared: Projection, seed: string) => {
      const started = server(storage, { ...shared, declared: [declared], seed })
      await started.projections.catchUp()
      return started
    }
    const old = await start(lines, 'old')
    const world = supplyCase()
    await openSession(old.log, world)
    const listed = await page(old)
    await (await start(next, 'new')).projections.close()
    clock.pass(2 * DAY)
    await old.projections.catchUp() // still at work
    await (await start(next, 'newer')).projections.close()
    expect(await page(old)).toEqual(listed)
    await old.projections.close()
    const back = await start(lines, 'back')
    expect([back.loaded.size, await page(back)]).toEqual([0, listed]) // nothing is made anew
    await back.projections.close()
    await (await start(next, 'again')).projections.close()
    clock.pass(DAY - 1)
    await (await start(next, 'soon')).projections.close()
    expect(await storage.projections.tables()).toEqual([tableOf(lines), tableOf(next)])
    clock.pass(1)
    await (await start(next, 'late')).projections.close()
    expect(await storage.projections.tables()).toEqual([tableOf(next)])
    await storage.close()
  })

  it('[LOG-82] while a start catches up a page says so after a moment; killed meanwhile, the next goes on where it was', async () => {
    const storage = memoryStorage()
    const worlds = ['one', 'two', 'three', 'four'].map((name) => supplyCase(2, name))
    for (const world of worlds) await openSession(serverOver({ storage }), world) // by a release without the list
    const writing = server(storage, { seed: 'writing' }).store
    let puts = 0
    const put: ProjectionStore['put'] = (table, documents) => (puts++ < 2 ? writing.put(table, documents) : new Promise(() => undefined))
    const first = server(storage, { put, seed: 'first' })
    const ended = first.projections.catchUp()
    let answer: unknown
    const reading = first.projections.page(lines, asked).then((told) => {
      answer = told
    })
    await expect.poll(() => first.puts.length).toBe(3)
    expect(answer).toBeUndefined()
    first.timers.advance(PATIENCE_MS)
    await reading
    expect(answer).toBe('being-made')
    await first.projections.save() // and killed
    const second = server(storage, { seed: 'second' })
    await second.projections.catchUp()
    expect(second.loaded.size).toBe(2)
    expect((await page(second)).values).toHaveLength(4)
    void ended
    await storage.close()
  })

  it('[LOG-62] a table that was made of another log than stands here is made anew', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const before = server(storage)
    await openSession(before.log, world)
    const head = await storage.log.headOf(world.caseId)
    const standing = await before.store.ofCase(tableOf(lines), world.caseId)
    await before.store.put(
      tableOf(lines),
      standing.map((each) => ({ ...each, commitNumber: head + 5, value: { kind: 'any', title: 'алдағы' } })),
    )
    await before.store.raise(tableOf(lines), [{ caseId: world.caseId, from: 0, commitNumber: head + 5 }])
    const after = server(storage, { seed: 'after' })
    await after.projections.catchUp()
    expect((await page(after)).values).toMatchObject([{ title: world.body.title }])
    await storage.close()
  })

  it('[LOG-65] what another server was killed over is found by the one that goes on with the case', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const first = server(storage)
    await openSession(first.log, world)
    await act(first.log, world.mediator, sessionEnd, {})
    await first.projections.close()
    const killed = server(storage, { put: () => Promise.reject(new Error('killed')), seed: 'killed' })
    await act(killed.log, world.mediator, sessionStart, {})
    const late = server(storage, { seed: 'late' })
    await say(late.log, world, 'ортақ бөлмеде')
    expect((await page(late)).values).toMatchObject([{ inSession: false }])
    await late.projections.save()
    expect((await page(late)).values).toMatchObject([{ inSession: true }])
    await act(late.log, world.mediator, sessionEnd, {})
    await late.projections.close()
    expect((await page(server(storage, { seed: 'next' }))).values).toMatchObject([{ inSession: false }])
    await storage.close()
  })

  it('[LOG-66] words of a body that is destroyed are in no projection when that is done', async () => {
    const storage = memoryStorage()
    const kept = server(storage, { declared: [said] })
    const world = supplyCase()
    await openSession(kept.log, world)
    const place = await say(kept.log, world, 'ең төменгі баға')
    await say(kept.log, world, 'қалатын сөз')
    const query = { lookup: 'all', equals: [], direction: 'ascending', limit: 9 } as const
    const words = async () => made(await kept.projections.page(said, query)).values.map(({ text }) => text)
    expect(await words()).toEqual(['ең төменгі баға', 'қалатын сөз'])
    await act(kept.log, world.mediator, messageRedact, place)
    await kept.projections.forget([{ caseId: world.caseId, ...place }])
    const standing = await kept.store.ofCase(tableOf(said), world.caseId)
    expect(JSON.stringify(standing)).not.toContain('ең төменгі')
    expect(await words()).toContain('қалатын сөз')
    await storage.close()
  })

  it('[LOG-67] a page begins where the one before said, and is refused for what is no place', async () => {
    const storage = memoryStorage()
    const kept = server(storage)
    const worlds = ['one', 'two', 'three', 'four', 'five'].map((name) => supplyCase(2, name))
    for (const world of worlds) await openSession(kept.log, world, { admit: false })
    const found: string[] = []
    const sizes: number[] = []
    for (let after: string | undefined; ; ) {
      const { values, more } = await page(kept, { limit: 2, ...(after === undefined ? {} : { after }) })
      found.push(...values.map(({ openedAt }) => String(openedAt)))
      sizes.push(values.length)
      if (more === undefined) break
      after = more
    }
    expect(sizes).toEqual([2, 2, 1])
    expect(found).toEqual(found.toSorted().toReversed())
    for (const after of ['', 'x', '.a', '1e99.a'])
      await expect(page(kept, { after })).rejects.toMatchObject({ problem: { kind: 'invalid' } })
    await storage.close()
  })
})
