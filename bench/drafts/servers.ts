// A document server of either kind with its client process, on a fresh folder.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientProcess, startClient } from '../lib/client-process.ts'
import { between, folderBytes, type Sample, type Spent, sample } from '../lib/measure.ts'
import { bench } from '../lib/paths.ts'
import { type ServerProcess, startServer } from '../lib/server-process.ts'
import { startPlatform } from '../platform/built-server.ts'
import { newFolder, type Seeded, seed } from '../platform/seeded.ts'
import { type Kind, PEER_SERVERS, type Peer } from './adapter.ts'

/** As they ship: what is held to our promise beside them has the same text in memory and opens it the same way. */
export const PEERS: readonly Peer[] = ['hocuspocus', 'y-websocket']
/** Who types beside us, and who is killed. */
export const ALL_PEERS: readonly Peer[] = ['hocuspocus', 'hocuspocus-durable', 'y-websocket']

export function isInstalled(peer: Peer): boolean {
  return existsSync(join(bench, 'peers', PEER_SERVERS[peer].folder, 'node_modules'))
}

interface Stand {
  readonly folder: string
  /** What lay in the folder before the first start. */
  readonly seededBytes: number
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
  const seededBytes = folderBytes(folder.path)
  const start = () => {
    if (kind === 'platform') return startPlatform(folder.path)
    const { folder: peer, file } = PEER_SERVERS[kind]
    return startServer([process.execPath, '--expose-gc', join(bench, 'peers', peer, file)], { DATA_FOLDER: folder.path })
  }
  const connect = async (server: ServerProcess) => {
    const client = startClient(join(bench, 'drafts/client.ts'))
    await client.call('init', { kind, url: server.url, sessions: seeded.sessions, prefix: 'draft-' })
    return client
  }
  const server = await start()
  const stand: Stand = {
    folder: folder.path,
    seededBytes,
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
      await stand.server.stop()
      folder.remove()
    },
  }
  return stand
}
