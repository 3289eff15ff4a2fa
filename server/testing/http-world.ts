// A real express server on a port of the system's choice, and what its tests ask of it: raw requests, and declared routes as a browser would call them.
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import type { Problem } from '#shared/kernel/errors.ts'
import { type AnyRoute, type RouteAnswer, type RouteInput, requestOf } from '#shared/protocol/route.ts'

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

export async function listen(app: Express): Promise<Listening> {
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
}

/** What travels, as it travels: fetch would decompress it, put paths straight, and name the host itself. */
export function rawRequest(
  url: string,
  path: string,
  { method = 'GET', headers = {} }: { readonly method?: string; readonly headers?: Record<string, string> },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }))
    })
    asked.on('error', reject).end()
  })
}

export type Called<Answer> = { readonly status: number; readonly headers: Headers; readonly text: string } & (
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly problem: Problem }
)

/** A browser: keeps cookies by name and path, says where its page comes from. */
export interface Browser {
  readonly cookies: ReadonlyMap<
    string,
    { readonly name: string; readonly value: string; readonly path: string; readonly attributes: string }
  >
  token: string | undefined
  call<R extends AnyRoute>(route: R, input: RouteInput<R>, headers?: Record<string, string>): Promise<Called<RouteAnswer<R>>>
  /** As `call`, for input that does not fit. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Called<unknown>>
  putCookie(name: string, path: string, value: string): void
}

export function browser(url: string, userAgent = 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0'): Browser {
  const jar = new Map<string, { name: string; value: string; path: string; attributes: string }>()
  const self: Browser = {
    cookies: jar,
    token: undefined,
    async send(method, path, body, headers = {}) {
      const sent = [...jar.values()].filter((cookie) => path === cookie.path || path.startsWith(`${cookie.path}/`))
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          'user-agent': userAgent,
          ...(method === 'GET' ? {} : { origin: url, 'content-type': 'application/json' }),
          ...(self.token === undefined ? {} : { authorization: `Bearer ${self.token}` }),
          ...(sent.length === 0 ? {} : { cookie: sent.map(({ name, value }) => `${name}=${value}`).join('; ') }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) keep(line)
      const text = await response.text()
      const parsed: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
      const common = { status: response.status, headers: response.headers, text }
      return response.ok ? { ...common, ok: true, answer: parsed } : { ...common, ok: false, problem: parsed as Problem } // what the server promises
    },
    async call(route, input, headers) {
      const { url: path, body } = requestOf(route, input as object) // every route's input is an object
      return (await self.send(route.method, path, body, headers)) as never // typed by the route's definition
    },
    putCookie: (name, path, value) => void jar.set(`${name} ${path}`, { name, value, path, attributes: '' }),
  }

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const at = pair.indexOf('=')
    const path = attributes.find((part) => part.startsWith('Path='))?.slice(5) ?? '/'
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '') jar.delete(`${name} ${path}`)
    else jar.set(`${name} ${path}`, { name, value, path, attributes: attributes.join('; ') })
  }
  return self
}

/** The answer of a call that has to succeed. */
export function answered<Answer>(called: Called<Answer>): Answer {
  if (!called.ok) throw new Error(`refused: ${called.status} ${called.text}`)
  return called.answer
}

/** The reason (or kind) of a call that has to be refused. */
export function refused(called: Called<unknown>): string {
  if (called.ok) throw new Error('was not refused')
  return called.problem.reason ?? called.problem.kind
}
