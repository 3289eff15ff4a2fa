import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { testHttpApp } from '#server/testing/http-app.ts'
import { listen, type RawAnswer, rawRequest } from '#server/testing/http-world.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { serve } from './router.ts'

const CODE = `export const words = ${JSON.stringify('бір сөз '.repeat(500))}\n`
const PAGE = `<!doctype html><title>Bitim</title>${'<p></p>'.repeat(500)}`
const JOIN = PAGE.replace('Bitim', 'Join')
const BROWSER = 'gzip, deflate, br, zstd'

const large = defineRoute({
  method: 'GET',
  path: '/api/large',
  auth: 'none',
  input: z.strictObject({}),
  answer: z.strictObject({ said: z.string() }),
})

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function builtClient(): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-files-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  for (const [name, text] of [
    ['index.html', PAGE],
    ['join.html', JOIN],
    ['service-worker.js', CODE],
    ['assets/app-1a2b.js', CODE],
  ] as const) {
    writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text))
  }
  writeFileSync(join(folder, 'assets/onest-1a2b.woff2'), 'a font')
  return folder
}

type Ask = (path: string, encodings?: string, more?: { method?: string; headers?: Record<string, string> }) => Promise<RawAnswer>

async function started(clientFolder: string): Promise<Ask> {
  const { app } = testHttpApp({ routes: [serve(large, async () => ({ said: 'құпия '.repeat(2_000) }))], clientFolder })
  const { url, close } = await listen(app)
  closing.push(close)
  return (path, encodings, { method = 'GET', headers = {} } = {}) =>
    rawRequest(url, path, { method, headers: { ...headers, ...(encodings === undefined ? {} : { 'accept-encoding': encodings }) } })
}

function read({ headers, bytes }: RawAnswer): string {
  const encoding = headers['content-encoding']
  return (encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString()
}

describe('files of the client', () => {
  it.each([
    [BROWSER, 'br'],
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('[HTTP-24] whoever reads "%s" is sent %s, the same text', async (encodings, sent) => {
    const ask = await started(builtClient())
    for (const [path, text, type, cache] of [
      ['/assets/app-1a2b.js', CODE, /^text\/javascript/, 'public, max-age=31536000, immutable'],
      ['/service-worker.js', CODE, /^text\/javascript/, 'no-cache'],
      ['/', PAGE, /^text\/html/, 'no-cache'],
      ['/room/abc', PAGE, /^text\/html/, 'no-cache'],
      ['/join', JOIN, /^text\/html/, 'no-cache'],
    ] as const) {
      const answer = await ask(path, encodings)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-encoding']).toBe(sent)
      expect(read(answer)).toBe(text)
      expect(answer.headers).toMatchObject({
        vary: 'Accept-Encoding',
        'cache-control': cache,
        'content-length': String(answer.bytes.length),
      })
      expect(answer.headers['content-type']).toMatch(type)
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    }
    expect((await ask('/assets/onest-1a2b.woff2', encodings)).headers).toMatchObject({ 'content-type': 'font/woff2' })
  })

  it('[HTTP-24] asked for the head, for a part, or whether it has changed, a file answers as the form that is sent', async () => {
    const ask = await started(builtClient())
    const path = '/assets/app-1a2b.js'
    const whole = await ask(path, BROWSER)
    const head = await ask(path, BROWSER, { method: 'HEAD' })
    expect(head.headers['content-length']).toBe(String(whole.bytes.length))
    expect(head.bytes).toHaveLength(0)
    const part = await ask(path, BROWSER, { headers: { range: 'bytes=2-5' } })
    expect([part.status, part.bytes]).toEqual([206, whole.bytes.subarray(2, 6)])
    const last = await ask(path, undefined, { headers: { range: 'bytes=-4' } })
    expect([last.status, last.bytes]).toEqual([206, Buffer.from(CODE).subarray(-4)])
    const beyond = await ask(path, BROWSER, { headers: { range: 'bytes=999999-' } })
    expect([beyond.status, beyond.headers['content-range'], beyond.bytes.length]).toEqual([416, `bytes */${whole.bytes.length}`, 0])
    expect(beyond.headers['cache-control']).toBeUndefined()
    const same = await ask(path, BROWSER, { headers: { 'if-none-match': String(whole.headers.etag) } })
    expect([same.status, same.bytes.length]).toEqual([304, 0])
    expect((await ask(path, undefined, { headers: { 'if-none-match': String(whole.headers.etag) } })).status).toBe(200)
  })

  it.each([
    ['POST', '/assets/app-1a2b.js', 404],
    ['POST', '/room/abc', 404],
    ['GET', '/assets/gone-1a2b.js', 404],
    ['GET', '/assets', 200],
    ['GET', '/assets/../../../../etc/passwd.js', 404],
    ['GET', '/assets/..%2f..%2fpackage.json', 404],
    ['GET', '/assets/%61pp-1a2b.js', 404],
    ['GET', '/assets\\app-1a2b.js', 404],
  ])('[HTTP-4] %s %s is answered in plain words of the server, or by the page', async (method, path, status) => {
    const folder = builtClient()
    for (const ending of ['', '.br', '.gz']) writeFileSync(join(folder, `assets/gone-1a2b.js${ending}`), CODE)
    const ask = await started(folder)
    for (const ending of ['', '.br', '.gz']) rmSync(join(folder, `assets/gone-1a2b.js${ending}`))
    const answer = await ask(path, BROWSER, {
      method,
      headers: { origin: 'http://127.0.0.1' },
    })
    expect(answer.headers['cache-control'] ?? '').not.toContain('immutable')
    if (status === 200) expect(read(answer)).toBe(PAGE)
    else
      expect([answer.headers['content-encoding'], answer.headers['content-type']]).toEqual([undefined, 'application/json; charset=utf-8'])
    expect(answer.status).toBe(status)
  })

  it('[HTTP-4] a client that was never built is not there, and the server answers all the same', async () => {
    const ask = await started(join(tmpdir(), 'no such folder'))
    for (const path of ['/', '/room/abc', '/assets/app-1a2b.js', '/index.html']) expect((await ask(path, BROWSER)).status).toBe(404)
    expect((await ask('/healthz')).status).toBe(200)
  })

  it('[HTTP-25] an answer of the API is never compressed, whatever the browser reads', async () => {
    const ask = await started(builtClient())
    for (const path of ['/api/large', '/api/nothing', '/healthz']) {
      const { headers, bytes } = await ask(path, BROWSER)
      expect(headers['content-encoding']).toBeUndefined()
      expect(headers['cache-control']).toBe('no-store')
      expect(() => JSON.parse(bytes.toString())).not.toThrow()
    }
    expect((await ask('/api/large', BROWSER)).bytes.length).toBeGreaterThan(20_000)
  })
})
