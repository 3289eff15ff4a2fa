// A document server of either kind with its client process, on a fresh folder.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientProcess, startClient } from '../lib/client-process.ts'
import { between, type Sample, type Spent, sample } from '../lib/measure.ts'
import { bench } from '../lib/paths.ts'
import { type ServerProcess, startServer } from '../lib/server-process.ts'
import { startPlatform } from '../platform/built-server.ts'
import { newFolder, type Seeded, seed } from '../platform/seeded.ts'
import type { Kind } from './adapter.ts'

export const PEERS: readonly Kind[] = ['hocuspocus', 'y-websocket']

export function isInstalled(peer: Kind): boolean {
  return existsSync(join(bench, 'peers', peer, 'node_modules'))
}

interface Stand {
  readonly folder: string
  server: ServerProcess
  client: ClientProcess
  /** Runs a call of the client and answers what the server spent between the client's marks. */
  measured<Answer>(name: string, input: unknown): Promise<{ answer: Answer; spent: Spent; end: Sample }>
  /** Starts the server again on the same folder, and a new client with it. */
  again(): Promise<void>
  end(): Promise<void>
}

export async function openStand(kind: Kind, needs: { cases: number; people: number }): Promise<Stand> {
  const folder = newFolder()
  const seeded: Seeded = kind === 'platform' ? await seed(folder.path, needs) : { sessions: [] }
  const start = () => {
    if (kind === 'platform') return startPlatform(folder.path)
    const file = join(bench, 'peers', kind, kind === 'y-websocket' ? 'server.cjs' : 'server.mjs')
    return startServer([process.execPath, '--expose-gc', file], { DATA_FOLDER: folder.path })
  }
  const connect = async (server: ServerProcess) => {
    const client = startClient(join(bench, 'drafts/client.ts'))
    await client.call('init', { kind, url: server.url, sessions: seeded.sessions, prefix: 'draft-' })
    return client
  }
  const server = await start()
  const stand: Stand = {
    folder: folder.path,
    server,
    client: await connect(server),
    async measured<Answer>(name: string, input: unknown) {
      const marks: Sample[] = []
      stand.client.onMark(() => marks.push(sample(stand.server.pid)))
      const answer = await stand.client.call<Answer>(name, input)
      const [from, to] = marks
      if (!from || !to) throw new Error('the client has not marked its span')
      return { answer, spent: between(from, to), end: to }
    },
    async again() {
      stand.client.end()
      stand.server = await start()
      stand.client = await connect(stand.server)
    },
    async end() {
      stand.client.end()
      await stand.server.kill()
      folder.remove()
    },
  }
  return stand
}
