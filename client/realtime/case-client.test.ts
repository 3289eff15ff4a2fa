// The whole device side against a real Socket.IO server that loses, doubles and delays.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import { caucusEnter } from '#shared/caucus/caucus-protocol.ts'
import type { CommandId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { CommandEnvelope, ResumeRequest } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { openCase } from './case-client.ts'
import { createHistory, TEST_CASE, testId, webDigest } from './testing/history.ts'
import { socketTransport } from './transport.ts'

// Named at run time, so that the types of Node stay out of the client.
interface TestSocket {
  on(name: string, handler: (...args: never[]) => void): void
  emit(name: string, ...args: unknown[]): void
  disconnect(close: boolean): void
}
interface TestServer {
  listen(port: number): void
  close(): Promise<void>
  on(name: 'connection', handler: (socket: TestSocket) => void): void
  emit(name: string, ...args: unknown[]): void
  readonly httpServer: { address(): { port: number } }
}
const socketIo: string = 'socket.io'
const stops: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

function unconnected() {
  const client = openCase({
    caseId: TEST_CASE,
    openTransport: () => ({ tell: () => undefined, ask: () => new Promise(() => undefined), close: () => undefined }),
    freshToken: () => new Promise(() => undefined),
    clock: { now: () => 0 },
    timers: { after: () => () => undefined },
    entropy: { bytes: (count) => new Uint8Array(count) },
    folds: DEVICE_FOLDS,
    events: DEVICE_EVENTS,
    digest: webDigest,
    reads: () => true,
    wordsAfter: () => 0,
    storage: undefined,
  })
  stops.push(() => client.close())
  return client
}

describe('the case on the wire', () => {
  it('[LIV-14] through dropped connections, lost notifications and a lost answer every message stands once, in order', async () => {
    const { Server } = (await import(socketIo)) as { Server: new () => TestServer }
    const server = new Server()
    server.listen(0)
    const me = testId<ParticipantId>('ada')
    const history = createHistory(me)
    await history.add(roomJoined, 'all', { participantId: me })
    const done = new Map<string, { audience: 'all'; epoch: number; seq: number }>()
    let commands = 0
    let queue = Promise.resolve()
    server.on('connection', (socket) => {
      socket.on('resume', ((request: ResumeRequest, ack: (answer: unknown) => void) => {
        ack({ ok: true, value: history.resume(request, 3) })
      }) as (...args: never[]) => void)
      socket.on('command', ((envelope: CommandEnvelope, ack: (answer: unknown) => void) => {
        queue = queue.then(async () => {
          const { id, text } = envelope.input as { id: CommandId; text: string }
          let place = done.get(envelope.id)
          if (!place) {
            const event = await history.add(messagePosted, 'all', { id, text })
            place = { audience: 'all', epoch: 0, seq: event.seq }
            done.set(envelope.id, place)
            commands++
            if (commands % 3 !== 0) server.emit('event', [event]) // each third notification is lost
            if (commands % 4 === 0) socket.emit('event', [event]) // some come twice
            if (commands % 5 === 0) return socket.disconnect(true) // stored, and the answer is lost
          }
          ack({ ok: true, value: { at: [place] } })
        })
      }) as (...args: never[]) => void)
    })
    const client = openCase({
      caseId: TEST_CASE,
      openTransport: socketTransport(`http://127.0.0.1:${server.httpServer.address().port}`),
      freshToken: async () => ({ token: 't', expiresAt: Date.now() + 600_000 }),
      clock: { now: () => Date.now() },
      timers: {
        after(milliseconds, run) {
          const timer = setTimeout(run, Math.min(milliseconds, 150))
          return () => clearTimeout(timer)
        },
      },
      entropy: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
      folds: DEVICE_FOLDS,
      events: DEVICE_EVENTS,
      digest: webDigest,
      reads: (state, person) => sliceOf(state, roomFold).members[person]?.until === undefined,
      wordsAfter: () => 0,
      storage: undefined,
    })
    stops.push(
      () => client.close(),
      () => server.close(),
    )
    const said = Array.from({ length: 23 }, (_, i) => `message ${i}`)
    for (const text of said) client.put(messagePost, 'all', (id) => ({ audience: 'all', id, text }))
    await vi.waitFor(
      () => {
        const all = client.store.snapshot().audiences.get('all')
        expect(all && valuesOf(sliceOf(all, messagingFold).messages).map(({ text }) => text)).toEqual(said)
        expect(client.outbox.entries()).toEqual([])
      },
      { timeout: 15_000 },
    )
    await client.store.verified()
    expect(client.store.snapshot().integrity).toEqual({ kind: 'whole' })
  })

  it('[LIV-23] what a capability keeps in an open case is made once and ends with the case, once: closed, or wiped first', () => {
    const ends: string[] = []
    const makeKept = () => ({ close: () => void ends.push('close'), wipe: () => void ends.push('wipe') })
    const left = unconnected()
    expect(left.owned(makeKept)).toBe(left.owned(makeKept))
    expect(unconnected().owned(makeKept)).not.toBe(left.owned(makeKept))
    left.wipe()
    left.close()
    expect(ends).toEqual(['wipe'])
    const put = unconnected()
    put.owned(makeKept)
    put.close()
    expect(ends).toEqual(['wipe', 'close'])
    put.owned(() => makeKept())
    expect(ends).toEqual(['wipe', 'close', 'close'])
  })

  it('[CHR-11] an act whose words cannot pass is refused here, with its field and reason, though there is no connection', async () => {
    const client = unconnected()
    const sideId = testId<SideId>('side')
    expect(await client.act(caucusEnter, { sideId, company: 'accompanied', companions: '北京' })).toMatchObject({
      problem: { kind: 'invalid', field: 'companions', reason: 'text/unprintable', details: { character: '北', place: 1 } },
    })
    expect(client.outbox.entries()).toEqual([])
    void client.act(caucusEnter, { sideId, company: 'accompanied', companions: 'Айгүл' })
    expect(client.outbox.entries()).toHaveLength(1)
  })
})
