// Memory and disk of many open drafts, each holding the recorded 26,000-edit text, and one device on each.
import { openStand } from './drafts/servers.ts'
import { folderBytes, pause, sample } from './lib/measure.ts'
import type { Table } from './lib/table.ts'

export async function benchMemory({ drafts, restMs }: { drafts: number; restMs: number }, table: Table): Promise<boolean> {
  const stand = await openStand('platform', { cases: drafts, people: 3 })
  try {
    const held = async () => {
      for (let i = 0; i < 3; i++) {
        stand.server.collect()
        await pause(1000)
      }
      return sample(stand.server.pid).rssBytes / 1e6
    }
    const disk = folderBytes(stand.folder)
    const empty = await held()
    await stand.client.call('fill', { from: 0, to: drafts })
    await pause(restMs) // until each draft is compacted, and the thread that does it is gone
    const full = await held()
    await stand.client.call('leaveAll')
    await pause(restMs)
    await stand.server.stop()
    const perDraft = (folderBytes(stand.folder) - disk) / drafts / 1000
    table.head('memory', 'server MB before', `with ${drafts} open drafts`, 'kB on disk for each')
    table.row('ours', empty.toFixed(0), full.toFixed(0), perDraft.toFixed(1))
    table.goal(`${drafts} open drafts, server MB`, full, '<=', 350)
    table.goal('on disk after idling, kB for each draft', perDraft, '<=', 60)
    return true
  } finally {
    await stand.end()
  }
}
