// Files over a real connection, to readers that are slow, go away, come back for the rest.
import { createHash, randomBytes } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { testHttpApp } from '#server/testing/http-app.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { defineDownload, type StreamedDownload } from '#shared/protocol/route.ts'
import { createHttpServer } from './http-server.ts'
import { serve } from './router.ts'

const PIECE = 64 * 1024
const route = defineDownload({ path: '/api/file', auth: 'none', input: z.strictObject({}), mediaType: 'application/pdf' })

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A file that counts which of its pieces are asked for. `piece` makes them, so that none is anywhere before. */
function countedFile(length: number, piece: (at: number) => Uint8Array) {
  const counted = { read: 0, isOver: false, held: 0, holds: () => 0 }
  async function* pieces(from = 0): AsyncGenerator<Uint8Array> {
    try {
      for (let at = Math.floor(from / PIECE); at * PIECE < length; at++) {
        counted.read++
        counted.held = Math.max(counted.held, counted.holds())
        const whole = piece(at).subarray(0, length - at * PIECE)
        yield at * PIECE < from ? whole.subarray(from % PIECE) : whole
      }
    } finally {
      counted.isOver = true
    }
  }
  return { counted, pieces }
}

async function start(stream: StreamedDownload['stream'], counted = { holds: () => 0 }, stillMs?: number) {
  const sockets: Socket[] = []
  const { app, lines } = testHttpApp({ routes: [serve(route, async () => ({ stream, fileName: 'agreement.pdf' }))] })
  const server = createHttpServer(stillMs).on('request', app)
  server.on('connection', (socket) => void sockets.push(socket))
  server.keepAliveTimeout = 0 // no idle connection ends by itself: what ends one is the answer
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  counted.holds = () => sockets[0]?.writableLength ?? 0
  const { port } = server.address() as AddressInfo // listening on TCP
  return { url: `http://127.0.0.1:${port}${route.path}`, port, lines, isCutOff: () => sockets.every((socket) => socket.destroyed) }
}

const content = new Uint8Array(randomBytes(3 * PIECE + 1_000))
function smallFile() {
  const { counted, pieces } = countedFile(content.length, (at) => content.subarray(at * PIECE, (at + 1) * PIECE))
  const digest = new Uint8Array(createHash('sha256').update(content).digest())
  return { counted, stream: { length: content.length, digest, pieces }, tag: `"${base64url(digest)}"` }
}

/** A hundred megabytes that are nowhere. */
const LARGE = 1_600
function largeFile(piece = (at: number) => new Uint8Array(PIECE).fill(at % 251)) {
  const { counted, pieces } = countedFile(LARGE * PIECE, piece)
  return { counted, stream: { length: LARGE * PIECE, digest: new Uint8Array(32), pieces } }
}

const asked = (url: string) => new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject))

describe('a file that is downloaded', () => {
  it('[STO-176] says its length and digest, and comes as it is', async () => {
    const { stream, tag } = smallFile()
    const { url } = await start(stream)
    const response = await fetch(url)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': String(content.length),
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="agreement.pdf"',
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
      etag: tag,
    })
    expect(Buffer.compare(new Uint8Array(await response.arrayBuffer()), content)).toBe(0)
  })

  it('[STO-176] is read no faster than it is taken: a slow reader costs a few pieces, and gets all of it', async () => {
    const { counted, stream } = largeFile()
    const { url } = await start(stream, counted)
    const response = await asked(url)
    response.pause()
    const seen: number[] = []
    const stands = () => seen.push(counted.read) > 5 && seen.slice(-5).every((each) => each === counted.read)
    await expect.poll(stands, { interval: 20, timeout: 20_000 }).toBe(true)
    expect(counted.read).toBeLessThan(LARGE / 2) // the rest of these lie in buffers of the two machines' connection
    let length = 0
    for await (const part of response) length += (part as Buffer).length // as nobody has set an encoding
    expect(length).toBe(LARGE * PIECE)
    expect(counted.read).toBe(LARGE)
    expect(counted.held).toBeLessThanOrEqual(2 * PIECE)
  })

  it('[STO-182] is put away, and its connection closed, when its reader stays and takes nothing', async () => {
    const { counted, stream } = largeFile()
    const { url, isCutOff } = await start(stream, counted, 300)
    const response = await asked(url)
    response.on('error', () => undefined).pause()
    await expect.poll(isCutOff, { timeout: 20_000 }).toBe(true)
    await expect.poll(() => counted.isOver).toBe(true)
    expect(counted.read).toBeLessThan(LARGE)
  })

  it('[STO-177] is read no further once its reader has gone away', async () => {
    const { counted, stream } = largeFile()
    const { url } = await start(stream, counted)
    const response = await asked(url)
    response.destroy()
    await expect.poll(() => counted.isOver, { timeout: 20_000 }).toBe(true)
    expect(counted.read).toBeLessThan(LARGE)
  })

  it('[STO-178] that breaks in the middle ends the connection, and nobody takes it for whole', async () => {
    const { counted, stream } = largeFile((at) => {
      if (at === 700) throw new Error('canary: what stood there')
      return new Uint8Array(PIECE)
    })
    const { url, lines, isCutOff } = await start(stream, counted)
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow()
    await expect.poll(isCutOff).toBe(true)
    expect(lines.join('')).toContain('an answer that broke off')
    expect(lines.join('')).not.toContain('canary')
  })

  it('[STO-178] that ends before its length does so too', async () => {
    const { stream } = smallFile()
    const { url } = await start({ ...stream, length: content.length + 5 })
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow()
  })

  it('[STO-178] whose first piece does not open is refused like any other fault, and named nowhere', async () => {
    const { stream } = largeFile(() => {
      throw new Error('canary: what stood there')
    })
    const { url } = await start(stream)
    const response = await fetch(url, { headers: { range: 'bytes=0-9' } })
    expect([response.status, response.headers.get('content-type')]).toEqual([500, 'application/json; charset=utf-8'])
    for (const name of ['content-range', 'content-disposition', 'accept-ranges']) expect(response.headers.get(name)).toBeNull()
    expect(response.headers.get('etag')).not.toBe(`"${base64url(stream.digest)}"`)
    expect(await response.json()).toEqual({ kind: 'internal', id: expect.any(String) })
  })
})

describe('a part of a file', () => {
  const end = content.length
  it.each<readonly [string, number, number]>([
    ['bytes=0-0', 0, 1],
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, end],
    [`bytes=${PIECE - 1}-${PIECE}`, PIECE - 1, PIECE + 1],
    [`bytes=${2 * PIECE}-${2 * PIECE + 9}`, 2 * PIECE, 2 * PIECE + 10],
    [`bytes=${end - 1}-`, end - 1, end],
    [`bytes=5-${end + 1_000}`, 5, end],
    ['bytes=-7', end - 7, end],
    [`bytes=-${end + 7}`, 0, end],
  ])('[STO-179] %s gives that part, and reads no piece beside it', async (range, from, to) => {
    const { counted, stream, tag } = smallFile()
    const { url } = await start(stream)
    const response = await fetch(url, { headers: { range } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${end}`)
    expect(response.headers.get('content-length')).toBe(String(to - from))
    expect(response.headers.get('etag')).toBe(tag)
    expect(Buffer.compare(new Uint8Array(await response.arrayBuffer()), content.subarray(from, to))).toBe(0)
    expect(counted.read).toBe(Math.floor((to - 1) / PIECE) - Math.floor(from / PIECE) + 1)
  })

  it.each(['bytes=0-1,5-9', 'bytes=9-5', 'bytes=', 'bytes=-', 'lines=1-2', 'bytes=a-b', 'bytes=1-2x', 'bytes=99999999999999999999-'])(
    '[STO-179] what is no single range (%s) is answered with all of it',
    async (range) => {
      const { stream } = smallFile()
      const { url } = await start(stream)
      const response = await fetch(url, { headers: { range } })
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, end])
    },
  )

  it.each([`bytes=${end}-`, `bytes=${end + 10}-${end + 20}`, 'bytes=-0'])('[STO-179] %s lies outside', async (range) => {
    const { counted, stream } = smallFile()
    const { url } = await start(stream)
    const response = await fetch(url, { headers: { range } })
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${end}`])
    expect(counted.read).toBe(0)
  })

  it('[STO-179] is not joined to another file: the rest comes only of the file that was begun', async () => {
    const { stream, tag } = smallFile()
    const { url } = await start(stream)
    const status = async (ifRange: string) => (await fetch(url, { headers: { range: 'bytes=5-9', 'if-range': ifRange } })).status
    expect([await status(tag), await status('"another"'), await status('Wed, 21 Oct 2026 07:28:00 GMT')]).toEqual([206, 200, 200])
  })

  it('[STO-179] what a device has already, and the head alone, read nothing', async () => {
    const { counted, stream, tag } = smallFile()
    const { url } = await start(stream)
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(end)])
    for (const known of [tag, `"x", W/${tag}`, '*']) expect((await fetch(url, { headers: { 'if-none-match': known } })).status).toBe(304)
    expect(counted.read).toBe(0)
    expect((await fetch(url, { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
  })

  it('[STO-179] a download that broke off is gone on with where it stood', async () => {
    const { stream, tag } = smallFile()
    const { url, port } = await start(stream)
    const begun = await new Promise<Buffer>((resolve) => {
      const parts: Buffer[] = []
      const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${route.path} HTTP/1.1\r\nHost: x\r\n\r\n`))
      socket.on('data', (part) => {
        parts.push(part)
        if (Buffer.concat(parts).length > PIECE) socket.destroy()
      })
      socket.on('close', () => resolve(Buffer.concat(parts)))
    })
    const first = begun.subarray(begun.indexOf('\r\n\r\n') + 4)
    const rest = await fetch(url, { headers: { range: `bytes=${first.length}-`, 'if-range': tag } })
    expect(Buffer.concat([first, Buffer.from(await rest.arrayBuffer())]).equals(Buffer.from(content))).toBe(true)
  })
})

it('[STO-176] an empty file is a whole one', async () => {
  const { pieces } = countedFile(0, () => new Uint8Array(0))
  const { url } = await start({ length: 0, digest: new Uint8Array(32), pieces })
  const response = await fetch(url)
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', ''])
})
