// What a flood of strangers leaves in the server's memory: renewals under made-up ids, links, sign-ins from made-up networks, connections that never say
// who they are. It has to stay within 64 MB of its rest.
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pause, sample } from './lib/measure.ts'
import type { ServerProcess } from './lib/server-process.ts'
import type { Table } from './lib/table.ts'
import { startPlatform } from './platform/built-server.ts'

const AT_ONCE = 32
const HEADROOM_MB = 64
/** A server at rest still has garbage, since nobody makes it collect. */
const REST_MS = 5_000

export async function benchFlood({ requests, connections }: { requests: number; connections: number }, table: Table): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-flood-'))
  process.env.TRUST_PROXY = '1'
  const server = await startPlatform(folder)
  try {
    // The first requests of each kind load what they need.
    for (const kind of KINDS) await flood(server.url, kind, 500)
    await pause(REST_MS)
    const rest = sample(server.pid).rssBytes / 1e6
    const restHeld = await held(server)
    table.head('flood', 'requests', 'server MB at the worst', 'held afterwards')
    table.row('at rest', '', rest.toFixed(0), restHeld.toFixed(0))
    let after = restHeld
    let most = rest
    for (const kind of KINDS) {
      const watched = watch(server)
      await flood(server.url, kind, kind.share * requests)
      const worst = watched()
      most = Math.max(most, worst)
      after = await held(server)
      table.row(kind.name, String(kind.share * requests), worst.toFixed(0), after.toFixed(0))
    }
    const watched = watch(server)
    const opened = await silentConnections(server.url, connections)
    await pause(1_000)
    const worst = watched()
    for (const connection of opened) connection.destroy()
    after = await held(server)
    table.row('connections without a token', String(connections), worst.toFixed(0), after.toFixed(0))
    table.goal('memory under a flood, MB above rest', Math.max(most, worst) - rest, '<=', HEADROOM_MB)
    table.goal('memory held after it, MB above rest', after - restHeld, '<=', HEADROOM_MB)
    return after - restHeld <= HEADROOM_MB
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Kind {
  readonly name: string
  readonly share: number
  readonly path: (i: number) => string
  readonly body: (i: number) => object
  readonly cookie?: (i: number) => string
}

const text = (i: number, length: number, fill: string) => String(i).padStart(length, fill)

const KINDS: readonly Kind[] = [
  {
    name: 'renewals under made-up ids',
    share: 1,
    path: (i) => `/api/people/${text(i, 22, 'A')}/session/refresh`,
    body: () => ({}),
    cookie: (i) => `bitim_person=${text(i, 22, 'A')}.0.${text(i, 43, 'B')}`,
  },
  { name: 'made-up links', share: 1, path: () => '/api/join/look', body: (i) => ({ secret: text(i, 32, 'A') }) },
  {
    name: 'sign-ins',
    share: 0.02,
    path: () => '/api/staff/sign-in',
    body: (i) => ({ email: `a${i}@example.kz`, password: 'guess', keep: true }),
  },
]

/** Each request from a network of its own. */
async function flood(url: string, { path, body, cookie }: Kind, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  let next = 0
  async function worker(): Promise<void> {
    while (next < count) {
      const i = next++
      await post(agent, `${url}${path(i)}`, JSON.stringify(body(i)), {
        'content-type': 'application/json',
        'x-forwarded-for': `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`,
        ...(cookie ? { cookie: cookie(i) } : {}),
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  agent.destroy()
}

function post(agent: Agent, url: string, body: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      response.resume()
      response.on('end', resolve)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function silentConnections(url: string, count: number): Promise<readonly Socket[]> {
  const { hostname, port, host } = new URL(url)
  const opened: Socket[] = []
  for (let i = 0; i < count; i++) {
    const connection = connect(Number(port), hostname)
    connection.on('error', () => undefined) // the server cuts most of them
    await new Promise<void>((resolve) => {
      connection.once('data', () => resolve())
      connection.once('close', () => resolve())
      connection.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 10.0.${(i >> 8) & 255}.${i & 255}\r\n` +
          'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      )
    })
    opened.push(connection)
  }
  return opened
}

async function held(server: ServerProcess): Promise<number> {
  for (let i = 0; i < 3; i++) {
    server.collect()
    await pause(500)
  }
  return sample(server.pid).rssBytes / 1e6
}

/** The answer: the most it had since. */
function watch(server: ServerProcess): () => number {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, sample(server.pid).rssBytes / 1e6)
  }, 200)
  return () => {
    clearInterval(timer)
    return most
  }
}
