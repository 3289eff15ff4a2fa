// The line to the SFU, with somebody at its other end who says anything; what Janus itself says is heard in real-sfu.test.ts.
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type MovingTimers, movingTimers } from '#server/testing/moving-timers.ts'
import { AGAIN_MS, JanusConnection } from './janus-connection.ts'

interface Heard {
  readonly janus: string
  readonly transaction: string
  readonly apisecret: string
}

let server: WebSocketServer
let timers: MovingTimers
let connection: JanusConnection
let ends: WebSocket[]
let heard: Heard[]
let told: string[]
beforeEach(async () => {
  ends = []
  heard = []
  told = []
  timers = movingTimers()
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (end) => {
    ends.push(end)
    end.on('message', (text) => {
      const asked = JSON.parse(String(text)) as Heard // as the connection writes it
      heard.push(asked)
      if (asked.janus === 'create') end.send(JSON.stringify({ janus: 'success', transaction: asked.transaction, data: { id: 7 } }))
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  connection = new JanusConnection({
    url: `ws://127.0.0.1:${port}`,
    secret: 'a-secret-of-this-test-alone',
    timers,
    onLost: () => void told.push('lost'),
    note: (isReached) => void told.push(isReached ? 'reached' : 'not reached'),
  })
  await expect.poll(() => connection.isReady).toBe(true)
})
afterEach(() => {
  connection.close()
  server.close()
})

describe('the line to the SFU', () => {
  it('[CAL-33] shows its secret, and bears whatever it is told', async () => {
    expect(heard.map(({ janus, apisecret }) => `${janus} ${apisecret}`)).toEqual(['create a-secret-of-this-test-alone'])
    const asked = connection.attach()
    await expect.poll(() => heard).toHaveLength(2)
    const transaction = heard[1]?.transaction
    for (const noise of ['', 'no JSON', '7', 'null', '{"janus":7}', '{"janus":"webrtcup","sender":"x"}', '{"janus":"webrtcup","sender":9}'])
      ends[0]?.send(noise)
    ends[0]?.send(JSON.stringify({ janus: 'ack', transaction }))
    ends[0]?.send(JSON.stringify({ janus: 'success', transaction: 'another', data: { id: 1 } }))
    ends[0]?.send(JSON.stringify({ janus: 'success', transaction, data: { id: 42 } }))
    expect(await asked).toBe(42)
    const refused = connection.message(42, { request: 'join' })
    const refusal = expect(refused).rejects.toThrow('Janus refused: 428')
    await expect.poll(() => heard).toHaveLength(3)
    ends[0]?.send(JSON.stringify({ janus: 'event', transaction: heard[2]?.transaction, plugindata: { data: { error_code: 428 } } }))
    await refusal
  })

  it('[CAL-33] that breaks fails who waits, is told once, and is opened again', async () => {
    const asked = connection.attach()
    const waits = connection.whenUp(42)
    const failure = expect(asked).rejects.toThrow('Janus has gone')
    await expect.poll(() => heard).toHaveLength(2)
    ends[0]?.terminate()
    await failure
    expect(await waits).toBe(false)
    expect(connection.isReady).toBe(false)
    timers.advance(AGAIN_MS)
    await expect.poll(() => connection.isReady).toBe(true)
    expect(told).toEqual(['reached', 'not reached', 'lost', 'reached'])
  })
})
