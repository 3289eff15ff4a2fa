// The client's side of a declared route: one request, one parsed answer, a refusal as an AppError with the server's Problem.
// It knows no sessions: whoever calls brings the token.
import * as z from 'zod/mini'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError, ERROR_KINDS, type Problem } from '#shared/kernel/errors.ts'
import {
  type Download,
  type DownloadDefinition,
  type RouteAnswer,
  type RouteDefinition,
  type RouteInput,
  requestOf,
} from '#shared/protocol/route.ts'
import { Unreachable } from './unreachable.ts'

interface CallOptions {
  readonly token?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Api {
  /** Throws an AppError for a refusal, Unreachable when no answer came. */
  call<R extends RouteDefinition>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<RouteAnswer<R>>
  download<R extends DownloadDefinition>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<Download>
  /** The server's time as its last answer told it; phones' clocks are wrong. */
  now(): number
}

interface ApiDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly clock: Clock
}

export function createApi(deps: ApiDeps): Api {
  let ahead = 0
  const ask = async (route: RouteDefinition | DownloadDefinition, input: object, options: CallOptions): Promise<Response> => {
    const { url, body } = requestOf(route, input)
    const headers = new Headers({ Accept: 'application/json' })
    if (route.method !== 'GET') headers.set('Content-Type', 'application/json')
    if (options.token !== undefined) headers.set('Authorization', `Bearer ${options.token}`)
    const request: RequestInit = {
      method: route.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    }
    if (body !== undefined) request.body = body
    if (options.signal) request.signal = options.signal
    const response = await reached(() => deps.fetch(url, request))
    const told = Date.parse(response.headers.get('Date') ?? '')
    if (!Number.isNaN(told)) ahead = told - deps.clock.now()
    if (!response.ok) throw new AppError(await problemIn(response))
    return response
  }
  return {
    async call(route, input, options = {}) {
      const response = await ask(route, input as object, options) // a route's input is one flat object
      const answer = await reached(() => response.json() as Promise<unknown>)
      const parsed = z.safeParse(route.answer, answer)
      // an answer of another shape is another version of the server: a reload brings the client that knows it
      if (!parsed.success) throw new AppError({ kind: 'unsupported' }, { cause: parsed.error })
      return parsed.data as RouteAnswer<typeof route>
    },
    async download(route, input, options = {}) {
      const response = await ask(route, input as object, options)
      const bytes = new Uint8Array(await reached(() => response.arrayBuffer()))
      const fileName = /filename="([\w.-]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'file'
      return { bytes, fileName }
    },
    now: () => deps.clock.now() + ahead,
  }
}

async function reached<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    // an answer cut off on its way is no answer either
    throw new Unreachable('no answer', { cause })
  }
}

async function problemIn(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => undefined) // a proxy's error page is not JSON; its status says enough
  if (isProblem(said)) return said
  if (response.status >= 502 && response.status <= 504) return { kind: 'unavailable' }
  return { kind: response.status === 429 ? 'too-many' : 'internal' }
}

function isProblem(said: unknown): said is Problem {
  return typeof said === 'object' && said !== null && 'kind' in said && ERROR_KINDS.some((kind) => kind === said.kind)
}
