import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function connected(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(oneAtATime(answer))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  const socket = connect(port, '127.0.0.1')
  let got = ''
  let closed = false
  socket.on('data', (chunk) => {
    got += chunk.toString('latin1')
  })
  socket.on('close', () => {
    closed = true
  })
  socket.on('error', () => undefined) // a connection that is cut is what this is about
  stops.push(() => {
    socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  return { ask: (times = 1) => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times)), got: () => got, closed: () => closed }
}

describe('requests on one connection', () => {
  it('[HTTP-26] whoever asks a thousand things at once on one connection has one of them begun, and loses the connection', async () => {
    let begun = 0
    const { ask, closed } = await connected(() => {
      begun++
    })
    ask(1_000)
    await expect.poll(closed).toBe(true)
    expect(begun).toBe(1)
  })

  it('[HTTP-26] one after the other, a connection serves on', async () => {
    const { ask, got, closed } = await connected((request, response) => {
      request.resume()
      setImmediate(() => response.end('x'.repeat(300_000)))
    })
    for (let times = 1; times <= 20; times++) {
      ask()
      await expect.poll(() => got().split('HTTP/1.1 200').length - 1, { interval: 1 }).toBe(times)
      await expect.poll(() => got().length, { interval: 1 }).toBeGreaterThan(times * 300_000)
    }
    expect(closed()).toBe(false)
  })
})
