import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { AppError } from '#shared/kernel/errors.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { createApi } from './api.ts'
import { authorisedApi } from './authorised-api.ts'
import { inputFaults, refusedField } from './input-faults.ts'
import { shownProblem } from './shown-problem.ts'
import { ok, refused, TEST_NOW, testServer } from './testing.ts'
import { createTokenKeeper, type HeldToken } from './token-keeper.ts'
import { Unreachable } from './unreachable.ts'

const hello = defineRoute({
  method: 'POST',
  path: '/api/hello/:name',
  auth: 'staff',
  input: z.strictObject({ name: z.string(), loud: z.boolean() }),
  answer: z.strictObject({ said: z.string() }),
})
const LINE = 'POST /api/hello/aigul'
const input = { name: 'aigul', loud: true }

describe('calling a route', () => {
  it('[JOI-10] a call sends what the route declares and answers what it parsed', async () => {
    const server = testServer()
    server.on(LINE, () => ok({ said: 'hi' }))
    await expect(server.tools.api.call(hello, input, { token: 't1' })).resolves.toEqual({ said: 'hi' })
    expect(server.asked).toEqual([{ line: LINE, body: { loud: true }, token: 'Bearer t1' }])
  })

  it("[JOI-10] a refusal carries the server's problem, its number only where nobody but the operator can help, and no answer at all is a lost connection", async () => {
    const server = testServer()
    const problem = { kind: 'forbidden', reason: 'identity/wrong-code', details: { left: 4 } }
    server.on(LINE, () => refused(403, problem))
    const refusal = await server.tools.api.call(hello, input).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(AppError)
    expect(shownProblem(refusal)).toEqual(problem)
    server.on(LINE, () => refused(403, { ...problem, id: 'n1' }))
    await expect(server.tools.api.call(hello, input).catch(shownProblem)).resolves.toEqual(problem)
    server.on(LINE, () => refused(500, { kind: 'internal', id: 'n1' }))
    await expect(server.tools.api.call(hello, input).catch(shownProblem)).resolves.toEqual({ kind: 'internal', id: 'n1' })
    server.on(LINE, () => 'no connection')
    const lost = await server.tools.api.call(hello, input).catch((error: unknown) => error)
    expect(lost).toBeInstanceOf(Unreachable)
    expect(shownProblem(lost)).toEqual({ kind: 'offline' })
  })

  it("[JOI-10] a proxy's error page and an answer of another version have words of their own", async () => {
    const page = createApi({ fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }), clock: { now: () => 0 } })
    await expect(page.call(hello, input).catch(shownProblem)).resolves.toEqual({ kind: 'unavailable' })
    const newer = createApi({ fetch: async () => new Response('{"said":7}'), clock: { now: () => 0 } })
    await expect(newer.call(hello, input).catch(shownProblem)).resolves.toEqual({ kind: 'unsupported' })
  })

  it("[JOI-10] time is the server's, however wrong the phone's clock is", async () => {
    const date = 'Sun, 22 Nov 2026 09:00:00 GMT'
    const api = createApi({ fetch: async () => new Response('{"said":"hi"}', { headers: { Date: date } }), clock: { now: () => 1_000 } })
    await api.call(hello, input)
    expect(api.now()).toBe(Date.parse(date))
  })
})

describe('tokens', () => {
  const token = (name: string, minutes: number): HeldToken => ({ token: name, expiresAt: TEST_NOW + minutes * 60_000 })

  it('[JOI-11] many who ask at once cause one refresh, and a token is renewed before it ends', async () => {
    let now = TEST_NOW
    let refreshes = 0
    const keeper = createTokenKeeper({
      now: () => now,
      refresh: async () => {
        refreshes += 1
        return { token: `t${refreshes}`, expiresAt: now + 600_000 }
      },
    })
    const answers = await Promise.all([keeper.fresh(), keeper.fresh(), keeper.fresh()])
    expect(answers.map((answer) => answer !== 'ended' && answer.token)).toEqual(['t1', 't1', 't1'])
    now += 500_000
    await expect(keeper.fresh()).resolves.toMatchObject({ token: 't1' })
    now += 60_000
    await expect(keeper.fresh()).resolves.toMatchObject({ token: 't2' })
  })

  it('[JOI-11] a session that the server knows no more has ended; a lost connection has not ended it', async () => {
    const fail = (error: Error) => createTokenKeeper({ now: () => TEST_NOW, refresh: () => Promise.reject(error) })
    await expect(fail(new AppError({ kind: 'unauthenticated' })).fresh()).resolves.toBe('ended')
    await expect(fail(new Unreachable()).fresh()).rejects.toBeInstanceOf(Unreachable)
    await expect(fail(new AppError({ kind: 'too-many' })).fresh()).rejects.toBeInstanceOf(AppError)
  })

  it('[JOI-11] an answer to an earlier question does not bring back what was forgotten meanwhile', async () => {
    let answer: (token: HeldToken) => void = () => undefined
    const keeper = createTokenKeeper({ now: () => TEST_NOW, refresh: () => new Promise((resolve) => (answer = resolve)) })
    const asked = keeper.fresh()
    keeper.forget()
    answer(token('late', 10))
    await asked
    const again = keeper.fresh()
    answer(token('next', 10))
    await expect(again).resolves.toMatchObject({ token: 'next' })
  })

  it('[JOI-11] a refused token is renewed once and the call repeated; without a session nothing is asked', async () => {
    const server = testServer()
    const session = { freshToken: async ({ renew }: { renew: boolean }) => token(renew ? 'new' : 'old', 10) }
    const { call } = authorisedApi(server.tools.api, session)
    server.on(LINE, () => (server.asked.at(-1)?.token === 'Bearer new' ? ok({ said: 'hi' }) : refused(401, { kind: 'unauthenticated' })))
    await expect(call(hello, input)).resolves.toEqual({ said: 'hi' })
    expect(server.asked.map((asked) => asked.token)).toEqual(['Bearer old', 'Bearer new'])
    const gone = authorisedApi(server.tools.api, { freshToken: async () => 'ended' })
    await expect(gone.call(hello, input).catch(shownProblem)).resolves.toEqual({ kind: 'unauthenticated' })
    expect(server.asked).toHaveLength(2)
  })

  it('[JOI-11] any other refusal is not tried again', async () => {
    const server = testServer()
    const { call } = authorisedApi(server.tools.api, { freshToken: async () => token('old', 10) })
    server.on(LINE, () => refused(403, { kind: 'forbidden' }))
    await expect(call(hello, input).catch(shownProblem)).resolves.toEqual({ kind: 'forbidden' })
    expect(server.asked).toHaveLength(1)
  })
})

describe('faults of a form', () => {
  it("[JOI-20] each faulty field is named by the path that a Problem's field has, with a plain sort of fault", () => {
    const schema = z.strictObject({
      title: z.string().check(z.minLength(1), z.maxLength(5)),
      sides: z.array(z.strictObject({ name: z.string().check(z.minLength(1)) })).check(z.minLength(2)),
      email: z.optional(z.email()),
      code: z.string().check(z.minLength(4)),
    })
    const faults = inputFaults(schema, { title: 'too long', sides: [{ name: 'a' }, { name: ' '.trim() }], email: 'x', code: 'abc' })
    expect([...faults]).toEqual([
      ['title', 'too-long'],
      ['sides.1.name', 'missing'],
      ['email', 'format'],
      ['code', 'too-short'],
    ])
    expect([...refusedField({ field: 'sides.1.name' })]).toEqual([['sides.1.name', 'format']])
    expect(refusedField({}).size).toBe(0)
  })
})
