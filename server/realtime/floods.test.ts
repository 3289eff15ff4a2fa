// What somebody who was let in may cost the server and the others: carets, pages, renewals, connections that are not read.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted, type Device, device, type Room, startSession } from '#server/testing/live-room.ts'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { rawConnection } from '#server/testing/raw-connection.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'
import { audienceRoom, personRoom } from './audience-room.ts'
import { CHARS, MAX_UNSENT_OF_PERSON, PAGES, RENEWALS } from './connection-limits.ts'
import { newestOnly } from './newest-only.ts'

let world: PlatformWorld
let open: OpenCase
let room: Room
beforeAll(async () => {
  world = await platformWorld()
  open = await openCase(world, await setUpOwner(world))
  room = await startSession(world, open)
})
afterAll(() => world.close())

const session = (at: number) => open.people[at]?.session ?? { token: '', caseId: '' }
const ask = (of: Device, name: string, payload: unknown) => of.socket.timeout(10_000).emitWithAck(name, payload)

/** Everybody else is served, in time, as if nothing were. */
async function othersAreServed(): Promise<void> {
  accepted(await room.people[1].post('all', 'біз жалғастырамыз'))
  accepted(await room.mediator.post('all', 'иә'))
}

describe('floods of somebody who was let in', () => {
  it('[RTM-19] of a flood of carets others get one at once and then the newest, a few in a second', async () => {
    const [first, second] = room.people
    const { id: documentId } = settlementOf(open.caseId)
    const nothing = { epoch: 0, haveRevision: 0, generation: 0 }
    for (const [i, each] of [first, second].entries())
      expect(await ask(each, DRAFT_WIRE.join, { documentId, ...nothing, clientId: 71 + i, storedIds: [] })).toMatchObject({ ok: true })
    const carets: { anchor: string }[] = []
    second.socket.on(DRAFT_WIRE.caret, (notice: { anchor: string }) => void carets.push(notice))
    const began = performance.now()
    const mark = (i: number) => Buffer.from(String(i)).toString('base64')
    const move = (i: number) => void first.socket.emit(DRAFT_WIRE.caret, { documentId, anchor: mark(i), head: mark(i) })
    for (let i = 0; i < 900; i++) move(i)
    // A caret may be lost on a connection that is busy; whoever types on moves it again.
    const last = () => {
      if (carets.at(-1)?.anchor !== mark(900)) move(900)
      return carets.at(-1)?.anchor
    }
    await expect.poll(last, { timeout: 20_000 }).toBe(mark(900))
    const windows = 1 + Math.ceil((performance.now() - began) / 100)
    expect(carets.length).toBeGreaterThan(1)
    expect(carets.length).toBeLessThanOrEqual(1 + windows)
    await othersAreServed()
    expect(first.socket.connected).toBe(true)
  })

  it('[RTM-19] the newest of what comes is passed on, once in a while, and nothing after it was stopped', () => {
    const timers = movingTimers()
    const passed: number[] = []
    const newest = newestOnly<number>(timers, 60_000, (value) => void passed.push(value))
    for (let i = 0; i < 10; i++) newest.give(i)
    expect(passed).toEqual([0])
    timers.advance(60_000)
    expect(passed).toEqual([0, 9])
    newest.give(10)
    timers.advance(59_000)
    expect(passed).toEqual([0, 9])
    timers.advance(1_000)
    timers.advance(60_000)
    newest.give(11)
    expect(passed).toEqual([0, 9, 10, 11])
    newest.give(12)
    newest.stop()
    timers.advance(600_000)
    expect(passed).toEqual([0, 9, 10, 11])
  })

  it('[RTM-20] reading everything again and again ends at a measure of pages; asking with nothing missed goes on', async () => {
    const [first] = room.people
    const release = world.clock.hold()
    const heads = (await first.resume()).audiences.map(({ audience, epoch, head }) => ({ audience, epoch, seq: head }))
    let answer: CommandAck | undefined
    let read = 0
    for (; read < PAGES.burst + 50; read++) {
      world.clock.shift(50) // the measure of commands is another one
      answer = await ask(first, WIRE.resume, { heads: [] })
      if (!answer?.ok) break
    }
    expect(answer).toEqual({ ok: false, problem: { kind: 'too-many', details: { seconds: 1 } } })
    expect(read).toBeGreaterThanOrEqual(PAGES.burst - 5)
    world.clock.shift(50)
    expect(await ask(first, WIRE.resume, { heads })).toMatchObject({ ok: true })
    release()
    await othersAreServed()
    world.clock.shift(60_000)
    expect(await ask(first, WIRE.resume, { heads: [] })).toMatchObject({ ok: true })
  })

  it('[RTM-20] renewing in a loop is refused; the connection stays', async () => {
    const [first] = room.people
    const answers = []
    for (let i = 0; i < RENEWALS.burst + 5; i++) answers.push(await ask(first, WIRE.renew, session(0).token))
    expect(answers[0]).toMatchObject({ ok: true })
    expect(answers.at(-1)).toEqual({ ok: false, problem: { kind: 'too-many', details: { seconds: 5 } } })
    expect(first.socket.connected).toBe(true)
  })

  it('[RTM-21] frames of noise, acknowledgements of nothing and large frames count too, for all connections of a person together', async () => {
    const connections = await Promise.all([0, 1, 2].map(() => rawConnection(world.url)))
    const { token, caseId } = session(0)
    for (const connection of connections) {
      connection.send(`40${JSON.stringify({ token, caseId, protocol: PROTOCOL_VERSION })}`)
      await expect.poll(() => connection.got.some((frame) => frame.startsWith('40{'))).toBe(true)
    }
    const large = `42["nobody:knows","${'x'.repeat(390_000)}"]`
    let chars = 0
    while (connections.some((connection) => connection.isOpen()) && chars < CHARS.burst * 3) {
      for (const connection of connections.filter((each) => each.isOpen())) {
        connection.send(large)
        chars += large.length
      }
      await othersAreServed()
      world.clock.shift(60)
    }
    expect(connections.every((connection) => !connection.isOpen())).toBe(true)
    expect(chars).toBeLessThan(CHARS.burst * 1.6)
    world.clock.shift(60_000)
    const noise = await rawConnection(world.url)
    noise.send(`40${JSON.stringify({ token, caseId, protocol: PROTOCOL_VERSION })}`)
    await expect.poll(() => noise.got.some((frame) => frame.startsWith('40{'))).toBe(true)
    for (let i = 0; i < 10_000; i++) noise.send('439[{"ok":true}]')
    await noise.closed
    await othersAreServed()
  }, 30_000)

  it('[RTM-14] what all connections of a person do not read is bounded together', async () => {
    world.clock.shift(60_000)
    const { token, caseId } = session(0)
    const { io } = world.platform.sockets
    room.people[0].socket.disconnect()
    await expect.poll(() => io.sockets.adapter.rooms.has(personRoom(open.caseId, room.people[0].me))).toBe(false)
    const deaf = await Promise.all(Array.from({ length: 6 }, () => rawConnection(world.url)))
    for (const connection of deaf) {
      connection.send(`40${JSON.stringify({ token, caseId, protocol: PROTOCOL_VERSION })}`)
      await expect.poll(() => connection.got.length).toBeGreaterThan(1)
      connection.stopReading()
    }
    const had = io.engine.clientsCount
    let heard = 0
    room.people[1].socket.on('presence', () => void heard++)
    const block = 'ұ'.repeat(250_000)
    for (let sent = 1; io.engine.clientsCount > had - 4 && sent < 200; sent++) {
      io.to(audienceRoom(open.caseId, 'case')).emit('presence', block)
      await expect.poll(() => heard, { interval: 2 }).toBe(sent)
      let waiting = 0
      for (const id of io.sockets.adapter.rooms.get(personRoom(open.caseId, room.people[0].me)) ?? []) {
        const { conn } = io.sockets.sockets.get(id) as unknown as { conn: { writeBuffer: { data?: string }[] } } // engine.io keeps what it cannot hand over there
        waiting += conn.writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
      }
      expect(waiting).toBeLessThanOrEqual(MAX_UNSENT_OF_PERSON + 6 * 1_000_000)
    }
    expect(io.engine.clientsCount).toBeLessThanOrEqual(had - 4)
    await othersAreServed()
    for (const connection of deaf) connection.end()
  }, 60_000)

  it('[LOG-17] the warning comes with the answer to one’s own command, and to nobody else', async () => {
    const writer = await device(world, session(1))
    const before = room.mediator.frames.length
    let ack: CommandAck | undefined
    for (let i = 0; i < 125; i++) {
      world.clock.shift(60)
      ack = await writer.post('all', `${i}`)
      if (ack.ok && ack.value.near) break
    }
    expect(ack).toMatchObject({ ok: true, value: { near: { of: 'minute' } } })
    accepted(await room.mediator.post('all', 'тыңдап отырмын'))
    expect(room.mediator.frames.slice(before).join()).not.toContain('"near"')
  })
})
