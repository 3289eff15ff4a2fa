import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { testHttpApp } from '#server/testing/http-app.ts'
import { type Browser, browser, listen, refused } from '#server/testing/http-world.ts'
import { testId } from '#server/testing/test-id.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineDownload, defineRoute } from '#shared/protocol/route.ts'
import type { Caller } from './caller.ts'
import type { HttpAppDeps } from './create-http-app.ts'
import { serve } from './router.ts'

const CASE = testId<CaseId>('case')
const OTHER = testId<CaseId>('other')
const caseInput = z.strictObject({ caseId: z.string(), note: z.optional(z.string().check(z.maxLength(10))) })
const answer = z.strictObject({ seen: z.string() })

const open = defineRoute({ method: 'POST', path: '/api/open', auth: 'none', input: z.strictObject({ text: z.string() }), answer })
const wide = defineRoute({ ...open, path: '/api/wide', maxBytes: 200_000, input: z.strictObject({ text: z.string() }), answer })
const nested = defineRoute({
  method: 'POST',
  path: '/api/nested',
  auth: 'none',
  input: z.strictObject({ sides: z.array(z.strictObject({ name: z.string() })) }),
  answer,
})
const staff = defineRoute({ method: 'GET', path: '/api/staff-only', auth: 'staff', input: z.strictObject({}), answer })
const owner = defineRoute({ method: 'GET', path: '/api/owner-only', auth: 'owner', input: z.strictObject({}), answer })
const person = defineRoute({ method: 'POST', path: '/api/cases/:caseId/person', auth: 'person', input: caseInput, answer })
const caseless = defineRoute({ method: 'GET', path: '/api/my-own', auth: 'person', input: z.strictObject({}), answer })
const fails = defineRoute({ method: 'GET', path: '/api/fails', auth: 'none', input: z.strictObject({}), answer })
const busy = defineRoute({ method: 'GET', path: '/api/busy', auth: 'none', input: z.strictObject({}), answer })
const threadless = defineRoute({ method: 'GET', path: '/api/threadless', auth: 'none', input: z.strictObject({}), answer })
const leaks = defineRoute({ method: 'GET', path: '/api/leaks', auth: 'none', input: z.strictObject({}), answer })
const address = defineRoute({ method: 'GET', path: '/api/address', auth: 'none', input: z.strictObject({}), answer })
const file = defineDownload({ path: '/api/file', auth: 'none', input: z.strictObject({ name: z.string() }), mediaType: 'application/pdf' })

const CALLERS: Record<string, Caller> = {
  mediator: { kind: 'staff', accountId: testId<AccountId>('mediator'), role: 'mediator', sessionId: 's' },
  owner: { kind: 'staff', accountId: testId<AccountId>('owner'), role: 'owner', sessionId: 's' },
  party: { kind: 'person', caseId: CASE, participantId: testId<ParticipantId>('party'), sessionId: 's' },
}

const routes = [
  serve(open, async ({ text }) => ({ seen: text })),
  serve(wide, async ({ text }) => ({ seen: String(text.length) })),
  serve(nested, async () => ({ seen: '' })),
  serve(staff, async (_input, caller) => ({ seen: caller.role })),
  serve(owner, async (_input, caller) => ({ seen: caller.role })),
  serve(person, async ({ note }, caller) => ({ seen: `${caller.participantId} ${note ?? ''}` })),
  serve(caseless, async (_input, caller) => ({ seen: caller.participantId })),
  serve(fails, async () => {
    throw new Error('canary: the database said Асель owes 5 000 ₸', { cause: new TypeError('canary too') })
  }),
  serve(busy, async () => {
    throw new AppError({ kind: 'too-many', details: { seconds: 7 } })
  }),
  serve(threadless, async () => {
    throw new WorkerFailure('no-thread', 'slow start')
  }),
  serve(leaks, async () => ({ seen: 'x', more: 'than declared' }) as { seen: string }),
  serve(address, async (_input, _caller, context) => ({ seen: `${context.address} ${context.loopback}` })),
  serve(file, async ({ name }) => ({ bytes: new Uint8Array([1, 2, 3]), fileName: name })),
]

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(options: Partial<HttpAppDeps> = {}): Promise<{ device: Browser; lines: string[]; url: string }> {
  let url = ''
  const { app, lines } = testHttpApp({
    routes,
    authenticate: async (token) => CALLERS[token],
    personOf: async (accountId, caseId) =>
      accountId === testId('mediator') && caseId === CASE ? testId<ParticipantId>('as mediator') : undefined,
    publicUrl: () => url,
    ...options,
  })
  const listening = await listen(app)
  url = listening.url
  closing.push(listening.close)
  return { device: browser(url), lines, url }
}

function clientFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'identity-client-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  for (const page of ['index.html', 'join.html']) writeFileSync(join(folder, page), '<!doctype html><title>Bitim</title>')
  writeFileSync(join(folder, 'sw.js'), '// shell')
  writeFileSync(join(folder, '.secret'), 'hidden')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  return folder
}

describe('headers', () => {
  it('[HTTP-1] everything comes from the installation alone, on pages, files, answers and refusals', async () => {
    const { device, url } = await start({ clientFolder: clientFolder() })
    for (const path of ['/', '/assets/app-1a2b.js', '/api/staff-only', '/api/nothing', '/healthz']) {
      const { headers } = await device.send('GET', path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).not.toMatch(/unsafe|data:|\*/)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain(`connect-src 'self' ${url.replace('http', 'ws')}`)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(Object.fromEntries(headers)).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it('[HTTP-2] HSTS is sent behind TLS only', async () => {
    const plain = await start()
    expect((await plain.device.send('GET', '/healthz')).headers.get('strict-transport-security')).toBeNull()
    const tls = await start({ publicUrl: () => 'https://mediation.example.kz' })
    const { headers } = await tls.device.send('GET', '/healthz')
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    expect(headers.get('content-security-policy')).toContain('wss://mediation.example.kz')
  })

  it('[HTTP-3] answers are not stored, hashed assets for good, page and service worker are asked for again', async () => {
    const { device } = await start({ clientFolder: clientFolder() })
    const cache = async (path: string) => (await device.send('GET', path)).headers.get('cache-control')
    expect(await cache('/api/staff-only')).toBe('no-store')
    expect(await cache('/assets/app-1a2b.js')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/', '/join', '/sw.js', '/index.html']) expect(await cache(path)).toBe('no-cache')
  })

  it('[HTTP-4] every address of the client is its page; missing files, the API and the socket are not', async () => {
    const { device } = await start({ clientFolder: clientFolder() })
    for (const path of ['/', '/join', '/cases/abc/room']) expect((await device.send('GET', path)).text).toContain('<title>Bitim')
    for (const path of ['/api', '/api/nothing', '/socket.io/', '/missing.js', '/.secret']) {
      expect((await device.send('GET', path)).text).not.toContain('<title>Bitim')
    }
    for (const path of ['/assets/%2e%2e/%2e%2e/.secret', '/..%2f.secret', '/assets/..%2f.secret', '/%00', '/assets/app-1a2b.js%00.html']) {
      expect((await device.send('GET', path)).text).not.toContain('hidden')
    }
    expect((await device.send('GET', '/.secret')).text).not.toContain('hidden')
  })

  it('[HTTP-17] health is told', async () => {
    expect((await (await start()).device.send('GET', '/healthz')).status).toBe(200)
    expect((await (await start({ healthy: async () => false })).device.send('GET', '/healthz')).status).toBe(503)
  })
})

describe('where a request comes from', () => {
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'http://localhost.evil.example' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('[HTTP-5] a change asked by %j is refused', async (headers) => {
    const { device } = await start()
    expect(refused(await device.call(open, { text: 'x' }, headers))).toBe('forbidden')
  })

  it('[HTTP-5] own pages and what is no browser may ask; reading is free', async () => {
    const { device, url } = await start()
    expect((await device.call(open, { text: 'x' })).ok).toBe(true)
    expect((await device.call(open, { text: 'x' }, { origin: url.replace('127.0.0.1', 'localhost') })).ok).toBe(true)
    const bare = await fetch(`${url}/api/open`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"x"}' })
    expect(bare.status).toBe(200)
    expect((await device.send('GET', '/healthz', undefined, { origin: 'https://evil.example' })).status).toBe(200)
  })
})

describe('bodies', () => {
  it('[HTTP-7] a form, a text, an empty type are unsupported', async () => {
    const { device } = await start()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp']) {
      expect(refused(await device.send('POST', '/api/open', '{"text":"x"}', { 'content-type': type }))).toBe('unsupported')
    }
  })

  it('[HTTP-7] one megabyte is too large, wherever a route does not allow it', async () => {
    const { device } = await start()
    expect(refused(await device.call(open, { text: 'x'.repeat(1_000_000) }))).toBe('too-large')
    expect(refused(await device.call(open, { text: 'x'.repeat(70_000) }))).toBe('too-large')
    expect(await device.call(wide, { text: 'x'.repeat(100_000) })).toMatchObject({ ok: true, answer: { seen: '100000' } })
  })

  it('[HTTP-7] broken, compressed and strange bodies are refused without a crash', async () => {
    const { device } = await start()
    for (const body of ['', '{', '[]', '"x"', 'null', '{"text":', '\u0000'])
      expect((await device.send('POST', '/api/open', body)).status).toBe(422)
    expect(refused(await device.send('POST', '/api/open', '{"text":"x"}', { 'content-encoding': 'gzip' }))).toBe('unsupported')
    expect(refused(await device.send('GET', '/api/cases/%E0%A4%A/person'))).toBe('invalid')
  })

  it('[HTTP-8] what does not fit is answered with the path of the field', async () => {
    const { device } = await start()
    expect(await device.send('POST', '/api/nested', { sides: [{ name: 'A' }, { name: { $gt: '' } }] })).toMatchObject({
      status: 422,
      problem: { kind: 'invalid', field: 'sides.1.name' },
    })
    for (const body of [{ text: 'x', more: 1 }, { text: ['x'] }, { text: { $ne: null } }, '{"text":"x","__proto__":{"a":1}}']) {
      expect(refused(await device.send('POST', '/api/open', body))).toBe('invalid')
    }
  })

  it('[HTTP-8] a name of the path cannot be said again in the body', async () => {
    const { device } = await start()
    device.token = 'party'
    expect(refused(await device.send('POST', `/api/cases/${CASE}/person`, { caseId: OTHER }))).toBe('invalid')
  })
})

describe('answers', () => {
  it('[HTTP-9] an unexpected error tells an id and nothing else; the log has the id and no content', async () => {
    const { device, lines } = await start()
    const called = await device.call(fails, {})
    expect(called.status).toBe(500)
    expect(called.ok ? {} : called.problem).toEqual({ kind: 'internal', id: expect.stringMatching(/^[\w-]{12}$/) })
    const logged = lines.find((line) => line.includes('unexpected error')) ?? ''
    expect(logged).toContain(called.ok ? '-' : String(called.problem.id))
    expect(logged).toContain('http-app.test.ts')
    expect(lines.join()).not.toMatch(/canary|Асель/)
  })

  it('[WRK-7] where no thread starts whoever asked is told to come again, and the operator finds it in the error log', async () => {
    const { device, lines } = await start()
    const called = await device.call(threadless, {})
    expect([called.status, refused(called)]).toEqual([503, 'unavailable'])
    expect(lines.find((line) => line.includes('unexpected error'))).toContain(called.ok ? '-' : String(called.problem.id))
  })

  it('[HTTP-9] an answer that is not as declared is an error of ours, not a leak', async () => {
    const { device } = await start()
    const called = await device.call(leaks, {})
    expect(called.status).toBe(500)
    expect(called.text).not.toContain('than declared')
  })

  it('[HTTP-10] an unknown path and method are answered as what does not exist', async () => {
    const { device } = await start()
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['DELETE', '/api/open'],
      ['GET', '/api/OPEN'],
      ['POST', '/api/staff-only/'],
    ] as const) {
      const called = await device.send(method, path, method === 'GET' ? undefined : {})
      expect(called.ok ? {} : called.problem).toEqual({ kind: 'not-found', id: expect.any(String) })
      expect(called.status).toBe(404)
    }
  })

  it('[HTTP-13] too many tries are told the seconds to wait', async () => {
    const { device } = await start()
    const called = await device.call(busy, {})
    expect(called).toMatchObject({ status: 429, problem: { kind: 'too-many', details: { seconds: 7 } } })
    expect(called.headers.get('retry-after')).toBe('7')
  })

  it('[HTTP-16] a download is an attachment under a plain name', async () => {
    const { device } = await start()
    const called = await device.call(file, { name: 'agreement.pdf' })
    expect(called.headers.get('content-disposition')).toBe('attachment; filename="agreement.pdf"')
    expect(called.headers.get('content-type')).toContain('application/pdf')
    expect((await device.call(file, { name: 'a"\r\nX: y' })).status).toBe(500)
  })
})

describe('who may ask', () => {
  const seen = async (device: Browser, token: string | undefined) => {
    device.token = token
    const status = async (called: Promise<{ status: number }>) => (await called).status
    return {
      staff: await status(device.call(staff, {})),
      owner: await status(device.call(owner, {})),
      person: await status(device.call(person, { caseId: CASE })),
      other: await status(device.call(person, { caseId: OTHER })),
      caseless: await status(device.call(caseless, {})),
    }
  }

  it('[HTTP-11] [HTTP-12] every kind of route against every kind of caller', async () => {
    const { device } = await start()
    expect(await seen(device, undefined)).toEqual({ staff: 401, owner: 401, person: 401, other: 401, caseless: 401 })
    expect(await seen(device, 'nonsense')).toEqual({ staff: 401, owner: 401, person: 401, other: 401, caseless: 401 })
    expect(await seen(device, 'party')).toEqual({ staff: 404, owner: 404, person: 200, other: 404, caseless: 200 })
    expect(await seen(device, 'mediator')).toEqual({ staff: 200, owner: 404, person: 200, other: 404, caseless: 404 })
    expect(await seen(device, 'owner')).toEqual({ staff: 200, owner: 200, person: 404, other: 404, caseless: 404 })
  })

  it('[HTTP-12] staff act in a case as the participant they are there', async () => {
    const { device } = await start()
    device.token = 'mediator'
    expect(await device.call(person, { caseId: CASE, note: 'hi' })).toMatchObject({ answer: { seen: `${testId('as mediator')} hi` } })
  })
})

describe('the log and proxies', () => {
  it('[HTTP-14] names the route, never what was asked', async () => {
    const { device, lines } = await start({ clientFolder: clientFolder() })
    device.token = 'party'
    await device.call(person, { caseId: CASE, note: 'canary' })
    await device.send('GET', '/join/canary?secret=canary', undefined, { referer: 'http://canary', cookie: 'a=canary' })
    await device.send('GET', '/api/canary?x=canary')
    await device.send('POST', '/api/open', '{"canary"')
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(logged.map(({ route, status }) => `${route} ${status}`)).toEqual([
      'POST /api/cases/:caseId/person 200',
      'page 200',
      'none 404',
      'none 422',
    ])
    expect(logged[0]).toMatchObject({ from: '127.0.0.0' })
    expect(lines.join()).not.toMatch(new RegExp(`canary|${CASE}|party`))
  })

  it('[HTTP-15] a forwarded address counts from a configured proxy only, and is never loopback', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    const untrusted = await start()
    expect(await untrusted.device.call(address, {}, headers)).toMatchObject({ answer: { seen: '127.0.0.1 false' } })
    expect(await untrusted.device.call(address, {})).toMatchObject({ answer: { seen: '127.0.0.1 true' } })
    const trusted = await start({ trustProxy: ['loopback'] })
    expect(await trusted.device.call(address, {}, headers)).toMatchObject({ answer: { seen: '203.0.113.9 false' } })
    const forged = { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }
    expect(await trusted.device.call(address, {}, forged)).toMatchObject({ answer: { seen: '203.0.113.9 false' } })
  })
})
