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

interface MessagesPlan {
  readonly rooms: number
  readonly seconds: number
  readonly repeat: number
  readonly perSecond: number
}

interface Measured {
  readonly perSecond: number
  readonly cpuMicroseconds: number
  readonly missing: number
  readonly refused: number
  readonly paced: Paced
  readonly pacedMicroseconds: number
  readonly otherCores: number
}

const PEOPLE = 5

async function measure(kind: 'platform' | 'bare', server: ServerProcess, seeded: Seeded, plan: MessagesPlan): Promise<Measured> {
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

export async function benchMessages(plan: MessagesPlan, table: Table): Promise<boolean> {
  const runs: { ours: Measured[]; bare: Measured[] } = { ours: [], bare: [] }
  for (let round = 0; round < plan.repeat; round++) {
    const folder = newFolder()
    try {
      const seeded = await seed(folder.path, { cases: plan.rooms, people: PEOPLE })
      await quietMachine(0.4)
      const ours = await startPlatform(folder.path)
      runs.ours.push(await measure('platform', ours, seeded, plan))
      await ours.stop()
      const bare = await startServer([process.execPath, join(bench, 'peers/socket-io/server.mjs')], {})
      runs.bare.push(await measure('bare', bare, seeded, plan))
      await bare.stop()
    } finally {
      folder.remove()
    }
    for (const [name, list] of Object.entries(runs)) table.note(`round ${round + 1}, ${name}: ${inWords(list.at(-1))}`)
  }
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
  table.head('messages', 'messages/s', 'server µs', `ack p50 at ${plan.perSecond}/s`, 'ack p99', 'delivery p99', 'server µs there')
  table.row(...row('ours, durable', runs.ours))
  table.row(...row('bare Socket.IO', runs.bare))
  const ratio = median(runs.ours.map((one, at) => one.perSecond / (runs.bare[at]?.perSecond ?? Number.NaN)))
  table.goal('messages/s against bare Socket.IO', ratio, '>=', 1)
  table.goal(
    `ack p50 at ${plan.perSecond}/s, ms`,
    of(runs.ours, (one) => one.paced.ack50),
    '<=',
    5,
  )
  table.goal(
    `ack p99 at ${plan.perSecond}/s, ms`,
    of(runs.ours, (one) => one.paced.ack99),
    '<=',
    20,
  )
  const faults = runs.ours.reduce(
    (sum, { missing, refused, paced }) => sum + missing + refused + paced.lost + paced.doubled + paced.disordered + paced.refused,
    0,
  )
  return table.must('messages lost, doubled, out of order or refused', faults)
}

function inWords(one: Measured | undefined): string {
  if (!one) return ''
  const { lost, doubled, disordered, ack50, ack99 } = one.paced
  return (
    `${one.perSecond.toFixed(0)}/s, ${one.cpuMicroseconds.toFixed(0)} µs, ack ${ack50.toFixed(2)}/${ack99.toFixed(2)} ms, ` +
    `missing ${one.missing}, refused ${one.refused}, lost ${lost}, doubled ${doubled}, disordered ${disordered}, other cores ${one.otherCores.toFixed(2)}`
  )
}
