import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '#shared/kernel/errors.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { CommandAck, CommandEnvelope, Seen } from '#shared/protocol/wire.ts'
import { createCaseStorage } from './case-storage.ts'
import { ConnectionLost } from './connection.ts'
import type { DeviceStorage } from './device-storage.ts'
import { createOutbox } from './outbox.ts'
import { mayPassAgain, type OutboxEntry } from './outbox-entries.ts'
import { TEST_CASE, testId } from './testing/history.ts'
import { memoryDeviceStorage } from './testing/memory-device-storage.ts'
import { countingEntropy, createTestClock } from './testing/test-clock.ts'

type Answer = (envelope: CommandEnvelope) => CommandAck | 'lost'
const stored: Answer = () => ({ ok: true, value: { at: [{ audience: 'all', epoch: 0, seq: 7 }] } })
const refused: Answer = () => ({
  ok: false,
  problem: { kind: 'conflict', reason: 'messaging/readers-changed', details: { names: ['Eve'] } },
})

function setUp(options: { answers?: Answer[]; deviceStorage?: DeviceStorage; page?: string; live?: boolean } = {}) {
  const sent: CommandEnvelope[] = []
  const answers = options.answers ?? []
  const transport = { live: options.live ?? true }
  const clock = createTestClock()
  const storage =
    options.deviceStorage &&
    createCaseStorage(options.deviceStorage, { caseId: TEST_CASE, participantId: testId('ada'), page: options.page ?? 'p1' })
  const outbox = createOutbox({
    connection: {
      state: () => (transport.live ? { kind: 'live' } : { kind: 'offline', since: 0 }),
      async ask<T>(_name: string, envelope: unknown) {
        sent.push(envelope as CommandEnvelope)
        const answer = (answers.shift() ?? stored)(envelope as CommandEnvelope)
        if (answer === 'lost') throw new ConnectionLost('command')
        return answer as T
      },
    },
    storage: storage?.outbox,
    clock,
    timers: clock,
    entropy: countingEntropy(),
  })
  const say = (text: string, seen?: Seen) =>
    outbox.put({ definition: messagePost, audience: 'all', seen, keep: true, input: (id) => ({ audience: 'all', id, text }) })
  return { outbox, sent, clock, transport, say }
}

const texts = (sent: readonly CommandEnvelope[]) => sent.map(({ input }) => (input as { text: string }).text)
const kinds = (entries: readonly OutboxEntry[]) => entries.map(({ state }) => state.kind)

describe('the outbox', () => {
  it('[LIV-9] an outbox entry keeps its id through every retry until there is an answer', async () => {
    const { outbox, sent, clock, say } = setUp({ answers: [() => 'lost', () => 'lost', stored] })
    const id = say('Біз үшін маңызды')
    expect(id).toMatch(/^[\w-]{22}$/)
    await clock.wind(20_000)
    expect(sent.map((envelope) => envelope.id)).toEqual([id, id, id])
    expect(sent[0]?.input).toEqual({ audience: 'all', id, text: 'Біз үшін маңызды' })
    expect(kinds(outbox.entries())).toEqual(['stored'])
  })

  it('[LIV-9] entries of one audience go one after another, in the order of pressing', async () => {
    const { sent, clock, transport, say, outbox } = setUp({ answers: [() => 'lost'], live: false })
    for (const text of ['one', 'two', 'three']) say(text)
    expect(sent).toHaveLength(0)
    transport.live = true
    outbox.wake()
    await clock.wind(20_000)
    expect(texts(sent)).toEqual(['one', 'one', 'two', 'three'])
  })

  it('[LIV-9] a stored entry leaves when its event is on the screen', async () => {
    const { outbox, clock, say } = setUp()
    say('one')
    await clock.wind(0)
    outbox.settle(() => 6)
    expect(kinds(outbox.entries())).toEqual(['stored'])
    outbox.settle(() => 7)
    expect(outbox.entries()).toEqual([])
  })

  it('[LIV-10] what was pressed knows what its person had seen, however late it goes', async () => {
    const seen: Seen = { audience: 'all', epoch: 0, seq: 3, hash: 'h' }
    const { sent, clock, transport, say, outbox } = setUp({ live: false })
    say('late', seen)
    await clock.wind(600_000)
    transport.live = true
    outbox.wake()
    await clock.wind(0)
    expect(sent[0]?.seen).toEqual(seen)
  })

  it.each<Problem>([
    { kind: 'conflict', reason: 'messaging/readers-changed', details: { names: ['Eve'] } },
    { kind: 'conflict', reason: 'messaging/closed' },
    { kind: 'conflict', reason: 'log/day-full' },
    { kind: 'not-found' },
    { kind: 'forbidden' },
    { kind: 'unsupported' },
    { kind: 'invalid', field: 'text', reason: 'text/bidirectional' },
  ])('[LIV-70] what is refused as %o stays, and what was written after it goes out at once, in its order', async (problem) => {
    const { outbox, sent, clock, say } = setUp({ answers: [() => ({ ok: false, problem }), stored, () => ({ ok: false, problem })] })
    for (const text of ['one', 'two', 'three', 'four']) say(text)
    await clock.wind(0)
    expect(texts(sent)).toEqual(['one', 'two', 'three', 'four'])
    await clock.wind(600_000)
    expect(kinds(outbox.entries())).toEqual(['refused', 'stored', 'refused', 'stored'])
    expect(sent).toHaveLength(4)
  })

  it('[LIV-70] whatever is refused, lost or put off, in any order: each message is answered once, none waits for a refused one', async () => {
    const answers: Readonly<Record<string, Answer>> = {
      stored,
      refused,
      lost: () => 'lost',
      later: () => ({ ok: false, problem: { kind: 'unavailable' } }),
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('stored', 'refused', 'lost', 'later'), { maxLength: 12 }), async (plan) => {
        const { outbox, sent, clock, say } = setUp({ answers: plan.flatMap((name) => answers[name] ?? []) })
        const said = ['1', '2', '3', '4']
        for (const text of said) say(text)
        await clock.wind(600_000)
        expect([...new Set(texts(sent))]).toEqual(said)
        for (const [nth, text] of texts(sent).entries()) expect(Number(text)).toBeGreaterThanOrEqual(Number(texts(sent)[nth - 1] ?? 0))
        expect(kinds(outbox.entries()).every((kind) => kind === 'stored' || kind === 'refused')).toBe(true)
      }),
      { seed: 70, numRuns: 200 },
    )
  })

  it.each<[Problem, boolean]>([
    [{ kind: 'conflict', reason: 'messaging/readers-changed' }, true],
    [{ kind: 'conflict', reason: 'messaging/closed' }, true],
    [{ kind: 'conflict', reason: 'log/day-full' }, true],
    [{ kind: 'conflict', reason: 'log/case-full' }, false],
    [{ kind: 'conflict', reason: 'log/forked' }, false],
    [{ kind: 'invalid', field: 'text' }, false],
    [{ kind: 'too-large' }, false],
    [{ kind: 'not-found' }, false],
    [{ kind: 'forbidden' }, false],
    [{ kind: 'unsupported' }, false],
  ])('[LIV-71] whether the same words may pass later, refused as %o: %s', (problem, may) => {
    expect(mayPassAgain(problem)).toBe(may)
  })

  it('[LIV-70] a refused message goes again when its author says so, under another id, with what is known then', async () => {
    const { outbox, sent, clock, say } = setUp({ answers: [refused] })
    const first = say('one')
    await clock.wind(60_000)
    const seen: Seen = { audience: 'all', epoch: 0, seq: 9, hash: 'h' }
    outbox.again(first, seen)
    await clock.wind(0)
    expect(texts(sent)).toEqual(['one', 'one'])
    expect(sent[1]?.id).not.toBe(first)
    expect(sent[1]).toMatchObject({ seen, input: { id: sent[1]?.id } })
  })

  it.each(['invalid', 'too-large'] as const)(
    '[CHR-12] what is refused as "%s" is set aside with its words; those after it go on in order, also from the next page',
    async (kind) => {
      const wrong: Answer = () => ({ ok: false, problem: { kind, field: 'text', reason: 'text/bidirectional' } })
      const deviceStorage = memoryDeviceStorage()
      const before = setUp({ answers: [wrong, () => 'lost'], deviceStorage })
      const first = before.say('heart')
      before.say('two')
      before.say('three')
      await before.clock.wind(0)
      expect(texts(before.sent)).toEqual(['heart', 'two'])
      const after = setUp({ deviceStorage, page: 'p2' })
      after.outbox.wake()
      await after.clock.wind(20_000)
      expect(texts(after.sent)).toEqual(['two', 'three'])
      expect(kinds(after.outbox.entries())).toEqual(['refused', 'stored', 'stored'])
      expect(after.outbox.discard(first)).toMatchObject({ text: 'heart' })
    },
  )

  it('[LIV-70] a refused entry can be taken back into the composer', async () => {
    const { outbox, clock, say } = setUp({ answers: [refused] })
    const first = say('one')
    await clock.wind(0)
    expect(outbox.discard(first)).toMatchObject({ text: 'one' })
    expect(outbox.entries()).toEqual([])
  })

  it.each(['unavailable', 'too-many', 'internal', 'unauthenticated'] as const)(
    '[LIV-9] "%s" is no answer: the entry waits and goes again',
    async (kind) => {
      const { outbox, sent, clock, say } = setUp({ answers: [() => ({ ok: false, problem: { kind } })] })
      say('one')
      await clock.wind(0)
      expect(kinds(outbox.entries())).toEqual(['waiting'])
      await clock.wind(10_000)
      expect(sent).toHaveLength(2)
      expect(sent[0]?.id).toBe(sent[1]?.id)
    },
  )

  it('[LIV-12] what waits survives the end of the page and goes under the same id from the next one', async () => {
    const deviceStorage = memoryDeviceStorage()
    const before = setUp({ deviceStorage, live: false })
    const id = before.say('not yet sent')
    const after = setUp({ deviceStorage, page: 'p2' })
    after.outbox.wake()
    await after.clock.wind(0)
    expect(after.sent.map((envelope) => envelope.id)).toEqual([id])
    after.outbox.settle(() => 7)
    expect([...deviceStorage.content.keys()]).toEqual([])
  })

  it('[LIV-12] entries that only this page waits for are not kept', async () => {
    const deviceStorage = memoryDeviceStorage()
    const { outbox, clock, transport } = setUp({ deviceStorage, live: false })
    const answer = outbox.ask({ definition: messagePost, input: (id) => ({ audience: 'all', id, text: 'x' }) })
    expect([...deviceStorage.content.keys()]).toEqual([])
    transport.live = true
    outbox.wake()
    await clock.wind(0)
    expect(await answer).toMatchObject({ ok: true })
    expect(outbox.entries()).toEqual([])
  })

  it('[LIV-13] wiping leaves nothing behind, not for other pages of the same person either', () => {
    const deviceStorage = memoryDeviceStorage()
    const one = setUp({ deviceStorage, live: false })
    one.say('secret')
    deviceStorage.setItem(`bitim:${TEST_CASE}:${testId('eve')}:outbox:p9`, '[]')
    const storage = createCaseStorage(deviceStorage, { caseId: TEST_CASE, participantId: testId('ada'), page: 'p3' })
    storage.rememberWords({ all: 'unsent' })
    storage.wipe()
    expect([...deviceStorage.content.keys()]).toEqual([`bitim:${TEST_CASE}:${testId('eve')}:outbox:p9`])
  })

  it('[LOG-17] a warning is shown until an answer comes without it; one of the minute for a minute', async () => {
    const near =
      (of: 'minute' | 'day'): Answer =>
      () => ({ ok: true, value: { at: [], near: { of, percent: 85 } } })
    const { outbox, clock, say } = setUp({ answers: [near('day'), stored, near('minute'), refused] })
    let told = 0
    outbox.subscribe(() => void told++)
    expect(outbox.near()).toBeUndefined()
    say('one')
    await clock.wind(0)
    expect(outbox.near()).toEqual({ of: 'day', percent: 85 })
    await clock.wind(600_000)
    expect(outbox.near()).toEqual({ of: 'day', percent: 85 })
    say('two')
    await clock.wind(0)
    expect(outbox.near()).toBeUndefined()
    say('three')
    await clock.wind(30_000)
    expect(outbox.near()).toEqual({ of: 'minute', percent: 85 })
    const before = told
    await clock.wind(31_000)
    expect(outbox.near()).toBeUndefined()
    expect(told).toBeGreaterThan(before)
  })

  it('[LOG-16] too fast: the message waits as long as it was told, and goes by itself', async () => {
    const fast: Answer = () => ({ ok: false, problem: { kind: 'too-many', reason: 'log/too-fast', details: { seconds: 7 } } })
    const { outbox, sent, clock, say } = setUp({ answers: [fast, stored] })
    say('one')
    await clock.wind(6_900)
    expect([sent.length, kinds(outbox.entries())]).toEqual([1, ['waiting']])
    await clock.wind(200)
    expect([sent.length, kinds(outbox.entries())]).toEqual([2, ['stored']])
  })
})
