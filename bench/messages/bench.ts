// Messages: ours (authenticated, authorised, encrypted at rest, durable before the acknowledgement) beside bare Socket.IO, which has none of it.
import { join } from 'node:path'
import { startClient } from '../lib/client-process.ts'
import { between, median, quietMachine, type Sample, sample } from '../lib/measure.ts'
import { bench } from '../lib/paths.ts'
import { type ServerProcess, startServer } from '../lib/server-process.ts'
import type { Table } from '../lib/table.ts'
import { startPlatform } from '../platform/built-server.ts'
import { newFolder, type Seeded, seed } from '../platform/seeded.ts'
import type { Paced, Saturated } from './client.ts'

export interface MessagesPlan {
  readonly rooms: number
  readonly seconds: number
  readonly repeat: number
  readonly perSecond: number
}

const GOALS = { ratio: 0.6, ack50: 1, ack99: 6 } as const

export interface Measured {
  readonly perSecond: number
  readonly cpuMicroseconds: number
  readonly missing: number
  readonly refused: number
  readonly paced: Paced
  readonly pacedMicroseconds: number
  readonly otherCores: number
}

export const PEOPLE = 5

export async function measure(kind: 'platform' | 'bare', server: ServerProcess, seeded: Seeded, plan: MessagesPlan): Promise<Measured> {
  const client = startClient(join(bench, 'messages/client.ts'))
  const marks: Sample[] = []
  client.onMark(() => marks.push(sample(server.pid)))
  await client.call('connect', { kind, url: server.url, sessions: seeded.sessions })
  const ms = plan.seconds * 1000
  const paced = await client.call<Paced>('paced', { perSecond: plan.perSecond, warmUpMs: ms / 3, ms })
  const saturated = await client.call<Saturated>('saturate', { warmUpMs: ms / 3, ms })
  client.end()
  const [pacedFrom, pacedTo, from, to] = marks
  if (!pacedFrom || !pacedTo || !from || !to) throw new Error('the client has not marked its spans')
  const spent = between(from, to)
  return {
    perSecond: saturated.acknowledged / saturated.seconds,
    cpuMicroseconds: (spent.cpuSeconds * 1e6) / saturated.acknowledged,
    missing: saturated.missing,
    refused: saturated.refused,
    paced,
    pacedMicroseconds: (between(pacedFrom, pacedTo).cpuSeconds * 1e6) / (plan.perSecond * plan.seconds),
    otherCores: spent.machineCores - spent.cpuSeconds / spent.seconds - saturated.clientCores,
  }
}

interface Runs {
  readonly ours: Measured[]
  readonly bare: Measured[]
}

export async function benchMessages(plan: MessagesPlan, table: Table): Promise<boolean> {
  const runs: Runs = { ours: [], bare: [] }
  for (let round = 0; round < plan.repeat; round++) {
    const folder = newFolder()
    try {
      const seeded = await seed(folder.path, { cases: plan.rooms, people: PEOPLE })
      await quietMachine(0.4)
      const ours = await startPlatform(folder.path)
      runs.ours.push(await measure('platform', ours, seeded, plan))
      await ours.stop()
      runs.bare.push(await measureBare(seeded, plan))
    } finally {
      folder.remove()
    }
    for (const [name, list] of Object.entries(runs)) table.note(`round ${round + 1}, ${name}: ${inWords(list.at(-1))}`)
  }
  tell(runs, plan, table)
  return table.must(
    'messages lost, doubled, out of order or refused',
    runs.ours.reduce((sum, one) => sum + faultsOf(one), 0),
  )
}

export async function measureBare(seeded: Seeded, plan: MessagesPlan): Promise<Measured> {
  const server = await startServer([process.execPath, join(bench, 'peers/socket-io/server.mjs')], {})
  const measured = await measure('bare', server, seeded, plan)
  await server.stop()
  return measured
}

function tell(runs: Runs, { perSecond, rooms }: MessagesPlan, table: Table): void {
  const of = (list: readonly Measured[], pick: (one: Measured) => number) => median(list.map(pick))
  const row = (name: string, list: readonly Measured[]) => [
    name,
    of(list, (one) => one.perSecond).toFixed(0),
    of(list, (one) => one.cpuMicroseconds).toFixed(0),
    of(list, (one) => one.paced.ack50).toFixed(2),
    of(list, (one) => one.paced.ack99).toFixed(2),
    of(list, (one) => one.paced.delivery99).toFixed(2),
    of(list, (one) => one.pacedMicroseconds).toFixed(0),
  ]
  table.head(
    `messages, ${rooms} rooms, medians`,
    'messages/s',
    'server µs',
    `ack p50 at ${perSecond}/s`,
    'ack p99',
    'delivery p99',
    'server µs there',
  )
  table.row(...row('ours, durable', runs.ours))
  table.row(...row('bare Socket.IO', runs.bare))
  const ratios = runs.ours.map((one, at) => one.perSecond / (runs.bare[at]?.perSecond ?? Number.NaN))
  table.note(`of bare Socket.IO's messages/s, by round: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`)
  const at = `${rooms} rooms`
  table.goal(`${at}: messages/s against bare Socket.IO, median of the rounds' ratios`, median(ratios), '>=', GOALS.ratio)
  const [ack50, ack99] = [of(runs.ours, (one) => one.paced.ack50), of(runs.ours, (one) => one.paced.ack99)]
  table.goal(`${at}: ack p50 at ${perSecond}/s, ms`, ack50, '<=', GOALS.ack50)
  table.goal(`${at}: ack p99 at ${perSecond}/s, ms`, ack99, '<=', GOALS.ack99)
}

export function faultsOf({ missing, refused, paced }: Measured): number {
  return missing + refused + paced.lost + paced.doubled + paced.disordered + paced.refused
}

function inWords(one: Measured | undefined): string {
  if (!one) return ''
  const { lost, doubled, disordered, ack50, ack99 } = one.paced
  return (
    `${one.perSecond.toFixed(0)}/s, ${one.cpuMicroseconds.toFixed(0)} µs, ack ${ack50.toFixed(2)}/${ack99.toFixed(2)} ms, ` +
    `missing ${one.missing}, refused ${one.refused}, lost ${lost}, doubled ${doubled}, disordered ${disordered}, other cores ${one.otherCores.toFixed(2)}`
  )
}
