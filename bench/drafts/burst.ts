// A recorded session of 26,078 edits at once, opening its text warm and cold, and what is left of it on the disk.
import { type DiskUse, diskUse, tellDisk } from '../lib/disk.ts'
import { between, median, pause, sample } from '../lib/measure.ts'
import type { Table } from '../lib/table.ts'
import { type Kind, nameOf } from './adapter.ts'
import type { Replayed } from './client.ts'
import { openStand } from './servers.ts'

export interface BurstPlan {
  /** Edits of the recorded session; all of them when left out. */
  readonly limit: number | undefined
}

export interface Burst {
  readonly microseconds: number
  /** With what was written after everybody had everything. */
  readonly inAll: number
  readonly replayed: Replayed
  readonly warmMs: number
  readonly coldMs: number
  /** By which the folder has grown. */
  readonly grownBytes: number
  readonly disk: DiskUse
}

type Stand = Awaited<ReturnType<typeof openStand>>

const TRACE = 'friendsforever'
const SETTLE_MS = 12_000
const OPENINGS = 5

export async function burst(kind: Kind, { limit }: BurstPlan): Promise<Burst> {
  const stand = await openStand(kind, { cases: 2, people: 6 })
  const cold = limit === undefined
  try {
    const input = { trace: TRACE, readers: 3, batch: 20, ...(limit === undefined ? {} : { limit }) }
    const { answer: replayed, spent, end } = await stand.measured<Replayed>('replay', input)
    const { length } = replayed
    await stand.client.call('leaveAll')
    await pause(cold ? SETTLE_MS : 500)
    const after = between(end, sample(stand.server.pid)).cpuSeconds
    const warmMs = median(await inOrder(OPENINGS, () => stand.client.call<number>('timeToOpen', { at: 0, person: 4, length })))
    await pause(cold ? 1000 : 0)
    await stand.server.stop()
    const disk = diskUse(stand.folder)
    const coldMs = cold ? median(await inOrder(3, () => openedCold(stand, length))) : Number.NaN
    const microseconds = (spent.cpuSeconds * 1e6) / replayed.edits
    const inAll = microseconds + (after * 1e6) / replayed.edits
    return { microseconds, inAll, replayed, warmMs, coldMs, grownBytes: disk.folderBytes - stand.seededBytes, disk }
  } finally {
    await stand.end()
  }
}

async function openedCold(stand: Stand, length: number): Promise<number> {
  await stand.again()
  await stand.client.call('timeToOpen', { at: 1, person: 4, length: 0 }) // the first opening of any text compiles what opens it
  const took = await stand.client.call<number>('timeToOpen', { at: 0, person: 5, length })
  await stand.server.stop()
  return took
}

export function burstInWords(one: Burst): string {
  return (
    `${one.microseconds.toFixed(0)} µs, in all ${one.inAll.toFixed(0)} µs, ${one.replayed.seconds.toFixed(1)} s, ` +
    `same ${one.replayed.same}, warm ${one.warmMs.toFixed(0)} ms, cold ${one.coldMs.toFixed(0)} ms, folder ${one.grownBytes}`
  )
}

export function tellBurst(runs: ReadonlyMap<Kind, readonly Burst[]>, { limit }: BurstPlan, table: Table): void {
  const of = (kind: Kind, pick: (one: Burst) => number) => median((runs.get(kind) ?? []).map(pick))
  table.head('drafts, a session at once', 'µs/edit', 'in all', 'warm open ms', 'cold open ms', 'kB by which the folder grew')
  for (const kind of runs.keys()) {
    const figures = [
      of(kind, (one) => one.microseconds),
      of(kind, (one) => one.inAll),
      of(kind, (one) => one.warmMs),
      of(kind, (one) => one.coldMs),
      of(kind, (one) => one.grownBytes) / 1000,
    ]
    table.row(nameOf(kind), ...figures.map((each) => each.toFixed(0)))
  }
  const share = of('platform', ({ disk }) => disk.draftBytes) / 1000
  const free = of('platform', ({ disk }) => disk.freeBytes) / 1000
  const grown = of('platform', ({ grownBytes }) => grownBytes) / 1000
  tellDisk({ share, free, grown, drafts: 1 }, table)
  const peers = [...runs.keys()].filter((kind) => kind !== 'platform').map((kind) => of(kind, (one) => one.inAll))
  const inAll = of('platform', (one) => one.inAll)
  if (peers.length > 0) table.goal('burst, server CPU in all against the best peer', inAll / Math.min(...peers), '<=', 0.3)
  if (limit !== undefined) return
  const openings: readonly (readonly [string, (one: Burst) => number, number])[] = [
    ['warm', (one) => one.warmMs, 40],
    ['cold', (one) => one.coldMs, 80],
  ]
  for (const [how, pick, bound] of openings) table.goal(`opening the 26,078-edit text, ${how}, ms`, of('platform', pick), '<=', bound)
}

async function inOrder<Answer>(count: number, work: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let i = 0; i < count; i++) answers.push(await work())
  return answers
}
