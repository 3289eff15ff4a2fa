// For tests: an api over a server that is a table of answers, and keeps what it was asked.
import { act, waitFor } from '@testing-library/react'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { createApi } from './api.ts'
import { createTools, type KeyStore, type Tools } from './tools.tsx'

export interface Asked {
  readonly line: string
  readonly body: unknown
  readonly token: string | null
}

export type Answer = { readonly status?: number; readonly json: unknown } | 'no connection'

interface TestTimers extends Timers {
  /** Ends every wait that stands, and waits for one to stand: a page may have drawn before its effects ran. */
  run(): Promise<void>
}

export interface TestServer {
  readonly asked: readonly Asked[]
  readonly tools: Tools
  readonly storage: KeyStore & { readonly kept: ReadonlyMap<string, string> }
  readonly timers: TestTimers
  /** `POST /api/join/look` → what it answers from now on. */
  on(line: string, answer: (body: unknown) => Answer | Promise<Answer>): void
}

export const ok = (json: unknown): Answer => ({ json })
export const refused = (status: number, problem: object): Answer => ({ status, json: problem })

export const TEST_NOW = Date.UTC(2026, 10, 22, 9)

export function testServer(): TestServer {
  const asked: Asked[] = []
  const answers = new Map<string, (body: unknown) => Answer | Promise<Answer>>()
  const clock: Clock = { now: () => TEST_NOW }
  const storage = memoryKeys()
  const timers = testTimers()
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const line = `${init.method} ${url}`
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    asked.push({ line, body, token: new Headers(init.headers).get('Authorization') })
    const answer = (await answers.get(line)?.(body)) ?? refused(404, { kind: 'not-found' })
    if (answer === 'no connection') throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(answer.json), { status: answer.status ?? 200 })
  }
  const api = createApi({ fetch, clock })
  return {
    asked,
    tools: createTools({ api, clock, timers, storage }),
    storage,
    timers,
    on: (line, answer) => void answers.set(line, answer),
  }
}

function memoryKeys() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

function testTimers(): TestTimers {
  const waiting = new Set<() => void>()
  return {
    after(_milliseconds, run) {
      waiting.add(run)
      return () => waiting.delete(run)
    },
    async run() {
      await waitFor(() => {
        if (waiting.size === 0) throw new Error('no wait stands')
      })
      act(() => {
        const due = [...waiting]
        waiting.clear()
        for (const run of due) run()
      })
    },
  }
}
