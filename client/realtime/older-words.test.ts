// A long case opens with its last page: what is shown then, and what comes before it, is the same as if all had been read at once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '#client/app/testing/open-store.ts'
import { DEVICE_FOLDS } from '#shared/catalogue.ts'
import { caucusEnded, caucusInvited, mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId, GrantId, ParticipantId } from '#shared/kernel/ids.ts'
import { asId } from '#shared/kernel/ids.ts'
import { type Fold, sliceOf } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { OlderRequest, WireEvent } from '#shared/protocol/wire.ts'
import { grantGiven, roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import type { CaseStore } from './case-store.ts'
import { fetchOlderWords } from './older-words.ts'
import { createHistory, type History, testId } from './testing/history.ts'
import { createTestClock } from './testing/test-clock.ts'

const ada = testId<ParticipantId>('ada')
const bek = testId<ParticipantId>('bek')
const SIDE = `side:${testId('side')}` as Audience // an id of the right shape
const AUDIENCES: readonly Audience[] = ['all', SIDE]
const PAGING = { lacksMuch: 8, lastPage: 4 }
const START = 1_790_000_000_000

type Step = readonly [what: number, audience: number, which: number]

/** Words above all; people come, go and have timed grants; messages are removed; a caucus begins and ends. */
async function happen(history: History, steps: readonly Step[]) {
  for (const [what, which, of] of steps) {
    const audience = AUDIENCES[which % AUDIENCES.length] ?? 'all'
    const count = history.events.filter((event) => event.audience === audience).length
    if (what === 0) await history.add(roomJoined, audience, { participantId: bek })
    else if (what === 1) await history.add(roomLeft, audience, { participantId: bek })
    else if (what === 2) await history.add(caucusInvited, audience, {})
    else if (what === 3) await history.add(caucusEnded, audience, {})
    else if (what === 4) await history.add(mediatorCalled, audience, { reason: 'talk' } as never)
    else if (what === 5) {
      const grantId = asId<GrantId>(testId<CommandId>(`g${history.events.length}`))
      const from = START + history.events.length * 1_000
      const grant = { grantId, participantId: bek, role: 'party', from, until: from + 1_000 * (of % 9) + 1 }
      await history.add(grantGiven, audience, grant as never)
    } else if (what < 9 && count > 1) {
      const seq = 1 + (of % count)
      const at = history.events.findIndex((event) => event.audience === audience && event.seq === seq)
      const event = history.events[at]
      if (event?.type !== messagePosted.name) continue
      history.events[at] = { ...event, body: null, salt: '' }
      await history.add(bodyRedacted, audience, { epoch: 0, seq })
    } else {
      await history.add(messagePosted, audience, { id: testId<CommandId>(`m${history.events.length}`), text: `words ${of}` })
    }
  }
}

async function begun(steps: readonly Step[]): Promise<History> {
  const history = createHistory(ada, START)
  for (const audience of ['case', ...AUDIENCES] as const) await history.add(roomJoined, audience, { participantId: ada })
  await happen(history, steps)
  return history
}

const headsOf = (store: CaseStore) => store.heads().map(({ audience, epoch, seq }) => ({ audience, epoch, seq }))

function level(store: CaseStore, history: History, paged = true) {
  for (let i = 0; i < 1_000; i++) if (!store.resumed(history.resume({ heads: headsOf(store), paged }, 5, PAGING), 0)) return
  throw new Error('never current')
}

function older(store: CaseStore, history: History, audience: Audience, page = 3) {
  const before = store.snapshot().earlier.get(audience)?.from
  if (before !== undefined) store.older(audience, history.older({ audience, before }, page).events)
}

function allOlder(store: CaseStore, history: History) {
  for (let i = 0; i < 1_000 && store.snapshot().earlier.size > 0; i++) for (const audience of AUDIENCES) older(store, history, audience)
}

/** The id of a message that was removed is known to whoever had it before. */
const folded = (store: CaseStore) =>
  JSON.parse(
    JSON.stringify(
      [...store.snapshot().audiences].sort(([a], [b]) => (a < b ? -1 : 1)),
      (_key, value) => (value?.removed ? { ...value, id: undefined } : value),
    ),
  )
const conversational = new Set(DEVICE_FOLDS.flatMap(({ name, join }: Fold) => (join ? [name] : [])))
/** All but the conversation. */
const besides = (store: CaseStore) =>
  [...store.snapshot().audiences.values()]
    .map(({ slices, ...head }) => ({
      ...head,
      slices: Object.entries(slices)
        .filter(([name]) => !conversational.has(name))
        .sort(),
    }))
    .sort((a, b) => (a.audience < b.audience ? -1 : 1))
const textsOf = (store: CaseStore, audience: Audience) => {
  const state = store.snapshot().audiences.get(audience)
  return state ? valuesOf(sliceOf(state, messagingFold).messages).map(({ text }) => text) : []
}

const steps = fc.array(fc.tuple(fc.nat(24), fc.nat(1), fc.nat(40)), { maxLength: 70 })

describe('older words', () => {
  it('[LIV-30] whatever is missing of the conversation, all else is folded as by whoever has everything', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (what) => {
        const history = await begun(what)
        const whole = openStore()
        level(whole, history, false)
        const lately = openStore()
        level(lately, history)
        expect(besides(lately)).toEqual(besides(whole))
        for (const audience of AUDIENCES) {
          const shown = textsOf(lately, audience)
          expect(shown).toEqual(textsOf(whole, audience).slice(textsOf(whole, audience).length - shown.length))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('[LIV-30] pages, answers and live events in any order, lost and doubled, lead to the fold of the whole', async () => {
    const delivery = fc.tuple(fc.nat(3), fc.nat(200), fc.nat(3))
    await fc.assert(
      fc.asyncProperty(steps, steps, fc.array(delivery, { maxLength: 40 }), async (first, then, deliveries) => {
        const history = await begun(first)
        const lately = openStore()
        level(lately, history)
        await happen(history, then)
        for (const [what, which, times] of deliveries) {
          const event = history.events[which % history.events.length]
          const audience = AUDIENCES[which % AUDIENCES.length] ?? 'all'
          if (what === 0 && event) for (let i = 0; i < times; i++) lately.receive([event])
          else if (what === 1) for (let i = 0; i < times; i++) older(lately, history, audience, 1 + (which % 5))
          else if (what === 2) lately.resumed(history.resume({ heads: headsOf(lately), paged: true }, 5, PAGING), 0)
          else lately.older(audience, history.older({ audience, before: 1 + which }, 1 + times).events) // asked for another window
        }
        level(lately, history)
        allOlder(lately, history)
        const whole = openStore()
        level(whole, history, false)
        await lately.verified()
        expect(folded(lately)).toEqual(folded(whole))
        expect(lately.hasHole()).toBe(false)
        expect(lately.snapshot().integrity).toEqual({ kind: 'whole' })
      }),
      { numRuns: 60 },
    )
  })

  const words = Array.from({ length: 40 }, (_, i): Step => [20, 0, i])
  const someEvents: readonly Step[] = [...words.slice(0, 10), [0, 0, 0], ...words.slice(0, 10), [1, 0, 0], ...words]

  it.each([
    ['another text', (event: WireEvent) => ({ ...event, body: `${event.body} ` })],
    ['another author', (event: WireEvent) => ({ ...event, by: testId<ParticipantId>('eve') })],
    ['another link', (event: WireEvent) => ({ ...event, previous: event.hash })],
    ['another hash', (event: WireEvent) => ({ ...event, hash: event.previous })],
  ])('[LIV-31] an older page or an event of the outline with %s makes the record forked', async (_what, forge) => {
    const history = await begun(someEvents)
    for (const { seq } of history.events.filter(({ audience }) => audience === 'all').slice(0, -5)) {
      const of = (events: readonly WireEvent[]) =>
        events.map((event) => (event.audience === 'all' && event.seq === seq ? forge(event) : event))
      const store = openStore()
      for (let more = true; more; ) {
        const answer = history.resume({ heads: headsOf(store), paged: true }, 5, PAGING)
        more = store.resumed({ ...answer, events: of(answer.events) }, 0)
        if (store.snapshot().integrity.kind === 'forked') break
      }
      for (let i = 0; i < 60 && store.snapshot().integrity.kind === 'whole'; i++) {
        const before = store.snapshot().earlier.get('all')?.from
        if (before === undefined) break
        store.older('all', of(history.older({ audience: 'all', before }, 5).events))
        await store.verified()
      }
      await store.verified()
      expect(store.snapshot().integrity.kind, `event ${seq}`).toBe('forked')
    }
  })

  it('[LIV-31] somebody’s coming that was left out of the outline is found when the page is fetched that it stands in', async () => {
    const history = await begun(someEvents)
    const store = openStore()
    for (let more = true; more; ) {
      const answer = history.resume({ heads: headsOf(store), paged: true }, 5, PAGING)
      more = store.resumed({ ...answer, events: answer.events.filter(({ audience, seq }) => audience !== 'all' || seq !== 12) }, 0)
    }
    expect(store.snapshot().integrity).toEqual({ kind: 'whole' })
    allOlder(store, history)
    expect(store.snapshot().integrity).toEqual({ kind: 'forked', audience: 'all', seq: 12 })
  })

  it('[LIV-32] what this device knew last is linked to what it is shown now before it counts as known; another history is found', async () => {
    const history = await begun(someEvents.slice(0, 14))
    const before = openStore()
    level(before, history)
    const remembered = before.linkedHeads()
    await happen(history, words)
    const after = openStore(remembered)
    level(after, history)
    expect(after.unlinked()).toEqual(['all'])
    expect(after.linkedHeads().find(({ audience }) => audience === 'all')).toEqual(remembered.find(({ audience }) => audience === 'all'))
    while (after.unlinked().length > 0) older(after, history, 'all')
    expect(after.snapshot().integrity).toEqual({ kind: 'whole' })
    expect(after.linkedHeads().find(({ audience }) => audience === 'all')).toMatchObject({
      seq: after.snapshot().audiences.get('all')?.seq,
    })
    const elsewhere = openStore(remembered.map((head) => ({ ...head, hash: `${head.hash.slice(0, -1)}-` })))
    level(elsewhere, history)
    for (let i = 0; i < 40 && elsewhere.unlinked().length > 0; i++) older(elsewhere, history, 'all')
    expect(elsewhere.snapshot().integrity).toMatchObject({ kind: 'forked' })
  })

  it('[LIV-32] after a long absence what was held before is linked to what came since', async () => {
    const history = await begun(someEvents.slice(0, 20))
    const store = openStore()
    level(store, history)
    allOlder(store, history)
    await happen(history, words)
    level(store, history)
    expect(store.unlinked()).toEqual(['all'])
    allOlder(store, history)
    expect(store.unlinked()).toEqual([])
    const whole = openStore()
    level(whole, history, false)
    expect(folded(store)).toEqual(folded(whole))
  })

  it('[LIV-32] what was known is not forgotten for an answer that leaves it out, or does not yet reach it', async () => {
    const history = await begun([])
    for (let i = 0; i < 20; i++) await history.add(messagePosted, 'all', { id: testId<CommandId>(`w${i}`), text: 'words' })
    const earlier = openStore()
    level(earlier, history, false)
    const known = earlier.linkedHeads()
    const all = known.find(({ audience }) => audience === 'all')
    if (!all) throw new Error('all is known')

    const without = openStore(known)
    const answer = history.resume({ heads: [] }, 1_000)
    const isOther = ({ audience }: { readonly audience: Audience }) => audience !== 'all'
    without.resumed({ ...answer, audiences: answer.audiences.filter(isOther), events: answer.events.filter(isOther) }, 0)
    expect(without.linkedHeads()).toContainEqual(all)

    const partly = openStore(known)
    partly.resumed({ ...answer, events: answer.events.filter(({ audience, seq }) => audience !== 'all' || seq < 9) }, 0)
    expect(partly.linkedHeads()).toContainEqual(all)
  })

  it('[LIV-35] what is linked by itself comes at a measured pace, waits when it is told to, and goes on after a failure', async () => {
    const history = await begun([])
    const say = async (count: number) => {
      for (let i = 0; i < count; i++)
        await history.add(messagePosted, 'all', { id: testId<CommandId>(`w${history.events.length}`), text: 'words' })
    }
    await say(5)
    const before = openStore()
    level(before, history, false)
    await say(60)
    const store = openStore(before.linkedHeads())
    level(store, history)
    const clock = createTestClock()
    const asked: number[] = []
    const answers: ('later' | 'lost')[] = ['later', 'lost']
    const olderWords = fetchOlderWords({
      store,
      timers: clock,
      connection: {
        state: () => ({ kind: 'live' }),
        subscribe: () => () => undefined,
        async ask<Answer>(_name: string, request: unknown) {
          asked.push(clock.now())
          const next = answers.shift()
          if (next === 'lost') throw new Error('the connection was lost')
          if (next === 'later') return { ok: false, problem: { kind: 'too-many', details: { seconds: 9 } } } as Answer
          return { ok: true, value: history.older(request as OlderRequest, 10) } as Answer // as our server answers it
        },
      },
    })
    store.presence({ participantId: bek, connected: true })
    await clock.wind(8_000)
    expect(asked.length).toBe(1)
    await clock.wind(60_000)
    expect(store.unlinked()).toEqual([])
    const pauses = asked.slice(1).map((at, i) => at - (asked[i] ?? 0))
    expect(pauses[0]).toBe(9_000)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(300)
    expect(olderWords.state('all')).toBe('idle')
  })
})
