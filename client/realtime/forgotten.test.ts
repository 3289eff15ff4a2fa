// A message that was removed is looked for in everything that a device keeps: memory, and what outlives a reload.
import { describe, expect, it } from 'vitest'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { type ResumeRequest, WIRE } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { type CaseClient, openCase } from './case-client.ts'
import { createCaseStorage } from './case-storage.ts'
import { createHistory, type History, TEST_CASE, testId, webDigest } from './testing/history.ts'
import { memoryDeviceStorage } from './testing/memory-device-storage.ts'
import { countingEntropy, createTestClock } from './testing/test-clock.ts'
import type { OpenTransport } from './transport.ts'

const NEEDLE = 'ең төменгі баға 1 200 000 теңге'
const ada = testId<ParticipantId>('ada')
const mediator = testId<ParticipantId>('mediator')

interface Server {
  /** Answers commands, or loses the answer after having stored them. */
  loses: boolean
  /** As the log answers: what it stores for the first time, and the same place again. */
  readonly places: Map<string, number>
}

function setUp() {
  const history = createHistory(ada)
  const server: Server = { loses: false, places: new Map() }
  const deviceStorage = memoryDeviceStorage()
  const clock = createTestClock()
  const live: { message?: (name: string, args: readonly unknown[]) => void } = {}
  const openTransport: OpenTransport = (_auth, handlers) => {
    queueMicrotask(() => handlers.opened())
    live.message = handlers.message
    return {
      tell: () => undefined,
      close: () => undefined,
      async ask(name, _milliseconds, question) {
        if (name === WIRE.resume) return { ok: true, value: history.resume(question as ResumeRequest, 50) }
        const { id, input } = question as { id: CommandId; input: { text: string } }
        if (!server.places.has(id)) {
          const event = await history.add(messagePosted, 'all', { id, text: input.text })
          server.places.set(id, event.seq)
        }
        if (server.loses) throw new Error('the connection was lost')
        return { ok: true, value: { at: [{ audience: 'all', epoch: 0, seq: server.places.get(id) }] } }
      },
    }
  }
  const open = (page: string): CaseClient =>
    openCase({
      caseId: TEST_CASE,
      openTransport,
      freshToken: async () => ({ token: 't', expiresAt: clock.now() + 600_000_000 }),
      clock,
      timers: clock,
      entropy: countingEntropy(),
      folds: DEVICE_FOLDS,
      events: DEVICE_EVENTS,
      digest: webDigest,
      reads: () => true,
      wordsAfter: () => 0,
      storage: createCaseStorage(deviceStorage, { caseId: TEST_CASE, participantId: ada, page }),
    })
  return { history, server, deviceStorage, clock, live, open }
}

/** As the server tells it once the body is gone: to whoever asks from then on. */
async function redact(history: History, seq: number) {
  const at = history.events.findIndex((event) => event.audience === 'all' && event.seq === seq)
  const event = history.events[at]
  if (event) history.events[at] = { ...event, body: null, salt: '' }
  return history.add(bodyRedacted, 'all', { epoch: 0, seq }, mediator)
}

const messagesOf = (client: CaseClient) => {
  const all = client.store.snapshot().audiences.get('all')
  return valuesOf((all ? sliceOf(all, messagingFold) : messagingFold.initial).messages)
}
const keptBy = (client: CaseClient, deviceStorage: ReturnType<typeof memoryDeviceStorage>) =>
  JSON.stringify([[...client.store.snapshot().audiences.values()], client.outbox.entries(), [...deviceStorage.content]])

describe('a removed message on a device', () => {
  it('[MSG-11] goes from a device that has it as soon as the redaction arrives, and the record stays whole', async () => {
    const { history, deviceStorage, clock, live, open } = setUp()
    await history.add(roomJoined, 'all', { participantId: ada })
    await history.add(messagePosted, 'all', { id: testId<CommandId>('one'), text: NEEDLE }, mediator)
    const client = open('p1')
    await clock.wind(1_000)
    await expect.poll(() => messagesOf(client).map(({ text }) => text), { timeout: 20_000 }).toEqual([NEEDLE])
    live.message?.(WIRE.event, [[await redact(history, 2)]])
    expect(messagesOf(client)).toMatchObject([{ text: undefined, removed: { by: mediator } }])
    await clock.wind(30_000)
    await client.store.verified()
    expect(keptBy(client, deviceStorage)).not.toContain(NEEDLE)
    expect(client.store.snapshot().integrity).toEqual({ kind: 'whole' })
    client.close()
  })

  it('[MSG-11] goes from the outbox of its author whose connection broke before they heard that it was stored', async () => {
    const { history, server, deviceStorage, clock, open } = setUp()
    await history.add(roomJoined, 'all', { participantId: ada })
    const before = open('p1')
    await clock.wind(1_000)
    server.loses = true
    before.put(messagePost, 'all', (id) => ({ audience: 'all', id, text: NEEDLE }))
    await expect.poll(() => server.places.size, { timeout: 20_000 }).toBe(1)
    expect(JSON.stringify([...deviceStorage.content])).toContain(NEEDLE)
    before.close() // the page is gone, and its outbox waits
    await redact(history, 2)
    server.loses = false
    const after = open('p2')
    await expect
      .poll(
        async () => {
          await clock.wind(1_000)
          return after.outbox.entries().length
        },
        { timeout: 20_000 },
      )
      .toBe(0)
    expect(messagesOf(after)).toMatchObject([{ text: undefined, removed: { by: mediator } }])
    expect(keptBy(after, deviceStorage)).not.toContain(NEEDLE)
    after.close()
  })
})
