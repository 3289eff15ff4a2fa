// A connection that speaks no protocol, half of it, or far too much of it: the raw WebSocket against the whole platform.

import { randomBytes } from 'node:crypto'
import { connect as connectTcp } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCommandId } from '#server/testing/case-world.ts'
import { accepted, type Room, startSession } from '#server/testing/live-room.ts'
import { type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { type RawConnection, rawConnection } from '#server/testing/raw-connection.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'

let world: PlatformWorld
let open: OpenCase
let room: Room
const unhandled: unknown[] = []
const onUnhandled = (cause: unknown) => void unhandled.push(cause)

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled)
  process.on('uncaughtExceptionMonitor', onUnhandled)
  world = await platformWorld()
  open = await openCase(world, await setUpOwner(world))
  room = await startSession(world, open)
})
afterAll(async () => {
  await world.close()
  process.off('unhandledRejection', onUnhandled)
  process.off('uncaughtExceptionMonitor', onUnhandled)
})

const raw = () => rawConnection(world.url)

/** A raw connection of the first side's person, let in. */
async function admitted(): Promise<RawConnection> {
  const connection = await raw()
  const { token, caseId } = open.people[0]?.session ?? { token: '', caseId: '' }
  connection.send(`40${JSON.stringify({ token, caseId, protocol: PROTOCOL_VERSION })}`)
  await expect.poll(() => connection.got.some((frame) => frame.startsWith('40{'))).toBe(true)
  return connection
}

/** Everybody else is served as before, and nothing slipped past the handlers. */
async function stillServes(): Promise<void> {
  accepted(await room.people[1].post('all', `бұрынғыдай ${newCommandId()}`))
  expect(room.mediator.socket.connected).toBe(true)
  expect(unhandled).toEqual([])
  expect(world.journal.filter((line) => line.includes('"unexpected'))).toEqual([])
}

const ackOf = (connection: RawConnection, id: number) => connection.got.find((frame) => frame.startsWith(`43${id}`))

describe('frames that are none', () => {
  it('[RTM-8] random bytes and texts, before and after being let in, end the connection or change nothing', async () => {
    const frame = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(
          fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '40', '41', '42', '43', '44', '45', '46', '451-', '42/other,', '4200000001'),
          fc.oneof(fc.json(), fc.string()),
        )
        .map((parts) => parts.join('')),
      fc
        .tuple(
          fc.constantFrom(
            'command',
            'resume',
            'renew',
            'd',
            'draft:join',
            'draft:leave',
            'draft:caret',
            'error',
            'disconnect',
            'connect',
            '__proto__',
            'constructor',
          ),
          fc.array(fc.json({ maxDepth: 4 }), { maxLength: 4 }),
          fc.nat(9),
        )
        .map(([name, args, id]) => `42${id}["${name}"${args.map((arg) => `,${arg}`).join('')}]`),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 12 }), fc.boolean(), async (frames, inside) => {
        const connection = inside ? await admitted() : await raw()
        for (const each of frames) if (connection.isOpen()) connection.send(each)
        connection.end()
        await connection.closed
        // Only acknowledgements, engine frames and what this person may read: never a trace or a path of the server.
        expect(connection.got.join()).not.toMatch(/node_modules|\.ts:|at .*\(/)
      }),
      { numRuns: 30 },
    )
    await stillServes()
  })

  it('[RTM-8] a packet cut off anywhere, or of another kind, does no harm', async () => {
    const whole = `421["command",${JSON.stringify({ id: newCommandId(), name: 'message:post', input: { audience: 'all', id: newCommandId(), text: 'x' } })}]`
    for (let at = 1; at < whole.length; at += 7) {
      const connection = await admitted()
      connection.send(whole.slice(0, at))
      connection.end()
      await connection.closed
    }
    await stillServes()
  })

  it('[RTM-9] one megabyte ends the connection at once; what fits but is deep, wide or of strange keys is answered', async () => {
    const big = await admitted()
    big.send(`421["command","${'x'.repeat(1_000_000)}"]`)
    await big.closed
    const deep = `${'['.repeat(90_000)}${']'.repeat(90_000)}`
    const bodies = [
      deep,
      `{"id":${deep}}`,
      `[${'0,'.repeat(180_000)}0]`,
      '{"__proto__":{"id":"x"},"constructor":{"prototype":{"isAdmin":true}}}',
      `{"id":"${newCommandId()}","name":"message:post","input":{"__proto__":{"audience":"all"}}}`,
      `{"id":"${newCommandId()}","name":"message:post","input":${deep}}`,
      `{"id":"${newCommandId()}","name":"__proto__","input":{}}`,
      `{"id":"${newCommandId()}","name":"constructor","input":{}}`,
      `{"id":{"$gt":""},"name":{"$ne":null},"input":{"$where":"1"}}`,
      `{"heads":[${'{"audience":"all","epoch":1,"seq":0},'.repeat(300)}{"audience":"all","epoch":1,"seq":0}]}`,
      'null',
      '"text"',
      '1e308',
    ]
    for (const event of [WIRE.command, WIRE.resume, WIRE.renew, DRAFT_WIRE.join, DRAFT_WIRE.frame]) {
      const connection = await admitted()
      for (const [id, body] of bodies.entries()) connection.send(`42${id}["${event}",${body}]`)
      await expect.poll(() => bodies.every((_body, id) => ackOf(connection, id))).toBe(true)
      for (const id of bodies.keys()) {
        const [ack] = JSON.parse(ackOf(connection, id)?.replace(/^43\d+/, '') ?? '[]') as [{ ok: boolean; problem?: { kind: string } }]
        expect(ack.ok).toBe(false)
        expect(['invalid', 'unsupported', 'unauthenticated', 'too-many', 'too-large', 'conflict']).toContain(ack.problem?.kind)
      }
      connection.end()
      await connection.closed
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    world.clock.shift(60_000)
    await stillServes()
  })

  it('[RTM-10] unknown messages are answered as unsupported, answers nobody asked for and attachments are dropped', async () => {
    const connection = await admitted()
    connection.send('427["nobody:knows",{"a":1}]')
    await expect
      .poll(() => ackOf(connection, 7))
      .toBe('437[{"ok":false,"problem":{"kind":"unsupported","reason":"realtime/unknown-message"}}]')
    connection.send('438[{"ok":true}]') // an answer to nothing
    connection.send('42["error","x"]')
    connection.send('42["command"]')
    connection.send('42[]')
    await expect.poll(() => connection.isOpen()).toBe(false)
    for (const attachments of [
      '451-["command",{"_placeholder":true,"num":0}]',
      '4599999999-["command",{"_placeholder":true,"num":0}]',
      '451-["command",{"_placeholder":true,"num":"__proto__"}]',
    ]) {
      const other = await admitted()
      other.send(attachments)
      for (let i = 0; i < 20 && other.isOpen(); i++) other.send(randomBytes(1000))
      other.end()
      await other.closed
    }
    await stillServes()
  })

  it('[RTM-10] reserved names and foreign namespaces end the connection or are refused', async () => {
    for (const frame of ['42["disconnect"]', '42["connect_error"]', '42["newListener","x"]', '42["removeListener"]']) {
      const connection = await admitted()
      connection.send(frame)
      await connection.closed
    }
    const connection = await raw()
    connection.send('40/admin,{"token":"x"}')
    await expect.poll(() => connection.got.join()).toContain('44/admin')
    connection.end()
    await stillServes()
  })

  it('[RTM-11] ten thousand tiny frames end their connection; the same person comes back, others notice nothing', async () => {
    const connection = await admitted()
    for (let i = 0; i < 10_000; i++) connection.send('42["x"]')
    await connection.closed
    expect(connection.got.join()).toContain('["closed","too-many"]')
    await (await admitted()).end()
    await stillServes()
  })

  it('[RTM-11] commands beyond a person’s measure are refused with the seconds to wait, each with an answer', async () => {
    world.clock.shift(60_000) // what the same person sent in another test is forgotten
    const release = world.clock.hold()
    const connection = await admitted()
    for (let i = 0; i < 300; i++) connection.send(`42${i}["resume",{"heads":[]}]`)
    await expect.poll(() => Array.from({ length: 300 }, (_each, i) => ackOf(connection, i)).every(Boolean)).toBe(true)
    expect(connection.got.filter((frame) => frame.includes('"too-many"') && frame.includes('"seconds":1'))).toHaveLength(240)
    release()
    connection.end()
    world.clock.shift(60_000)
    await stillServes()
  })

  it('[RTM-23] a thousand frames that arrive as one piece are answered one by one, with others’ commands in between', async () => {
    world.clock.shift(60_000)
    const connection = await admitted()
    const answered = () => connection.got.filter((frame) => frame.startsWith('43')).length
    const sent = 1_000
    for (let i = 0; i < sent; i++) connection.send(`42${i}["x"]`)
    accepted(await room.people[1].post('all', 'басқалар күтпейді'))
    expect(answered()).toBeLessThan(sent / 2)
    await expect.poll(answered).toBe(sent)
    connection.end()
  })

  it('[RTM-2] a second try to be let in on the same connection ends it', async () => {
    const connection = await raw()
    connection.send('40{"token":"x"}')
    await connection.closed
    expect(connection.got.join()).toContain('44{')
    const twice = await raw()
    twice.send('40{"token":"x"}')
    twice.send('40{"token":"y"}')
    await twice.closed
    await stillServes()
  })

  it('[RTM-8] a broken WebSocket, an unknown path and half an upgrade hurt nobody', async () => {
    const { hostname, port } = new URL(world.url)
    const requests = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET /nowhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      'GET /socket.io/?EIO=4&transport=websocket&EIO=3 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n\x81\xff\xff\xff',
      '\x00\x01\x02\x03',
      'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nxxxx',
    ]
    for (const request of requests) {
      const socket = connectTcp(Number(port), hostname)
      socket.on('error', () => undefined)
      socket.write(Buffer.from(request, 'latin1'))
      await new Promise((resolve) =>
        socket
          .once('data', resolve)
          .once('close', resolve)
          .setTimeout(1_500, () => resolve(undefined)),
      )
      socket.destroy()
    }
    await stillServes()
  })
})
