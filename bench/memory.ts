// Memory of a server that nobody has asked for anything yet, and memory and disk of many open drafts, each holding the recorded
// 26,078-edit text, and one device on each.
import { openStand } from './drafts/servers.ts'
import { diskUse, tellDisk } from './lib/disk.ts'
import { median, pause, sample } from './lib/measure.ts'
import type { ServerProcess } from './lib/server-process.ts'
import type { Table } from './lib/table.ts'
import { startPlatform } from './platform/built-server.ts'
import { newFolder } from './platform/seeded.ts'

const DRAFTS_MB = 350
const IDLE_MB = 110

/** Before the first case: at the very first start, which makes keys and certificates, and at each later one. */
export async function benchIdle({ repeat, restMs }: { repeat: number; restMs: number }, table: Table): Promise<boolean> {
  const found = { first: [] as Idle[], later: [] as Idle[] }
  for (let round = 0; round < repeat; round++) {
    const folder = newFolder()
    try {
      for (const which of ['first', 'later'] as const) found[which].push(await idle(folder.path, restMs))
    } finally {
      folder.remove()
    }
  }
  table.head('a server asked for nothing', 'MB as it stands', 'MB after a collection')
  const of = (list: readonly Idle[], pick: (one: Idle) => number) => median(list.map(pick))
  const standing = (list: readonly Idle[]) => of(list, (one) => one.standing)
  for (const [which, list] of Object.entries(found))
    table.row(`${which} start`, standing(list).toFixed(0), of(list, (one) => one.held).toFixed(0))
  for (const [which, list] of Object.entries(found))
    table.goal(`before the first case, ${which} start, MB as it stands`, standing(list), '<=', IDLE_MB)
  return true
}

interface Idle {
  readonly standing: number
  readonly held: number
}

async function idle(folder: string, restMs: number): Promise<Idle> {
  const server = await startPlatform(folder)
  try {
    await pause(restMs)
    const standing = sample(server.pid).rssBytes / 1e6
    return { standing, held: await heldBy(server) }
  } finally {
    await server.stop()
  }
}

export async function benchMemory({ drafts, restMs }: { drafts: number; restMs: number }, table: Table): Promise<boolean> {
  const stand = await openStand('platform', { cases: drafts, people: 3 })
  try {
    const empty = await heldBy(stand.server)
    await stand.client.call('fill', { from: 0, to: drafts })
    await pause(restMs) // until each draft is compacted, and the thread that does it is gone
    const full = await heldBy(stand.server)
    await stand.client.call('leaveAll')
    await pause(restMs)
    await stand.server.stop()
    const disk = diskUse(stand.folder)
    table.head('memory', 'server MB before', `with ${drafts} open drafts`)
    table.row('ours', empty.toFixed(0), full.toFixed(0))
    table.goal(`${drafts} open drafts, server MB`, full, '<=', DRAFTS_MB)
    const grown = (disk.folderBytes - stand.seededBytes) / 1000
    tellDisk({ share: disk.draftBytes / 1000, free: disk.freeBytes / 1000, grown, drafts }, table)
    return true
  } finally {
    await stand.end()
  }
}

/** Without garbage. */
async function heldBy(server: ServerProcess): Promise<number> {
  for (let i = 0; i < 3; i++) {
    server.collect()
    await pause(1000)
  }
  return sample(server.pid).rssBytes / 1e6
}
