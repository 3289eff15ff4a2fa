// Drafts: ours (durable before the acknowledgement) beside document servers: at typing speed in many documents, and a recorded session at once.
import { between, folderBytes, median, pause, quietMachine, sample } from '../lib/measure.ts'
import type { Table } from '../lib/table.ts'
import type { Kind } from './adapter.ts'
import type { Replayed, Typed } from './client.ts'
import { isInstalled, openStand, PEERS } from './servers.ts'

interface DraftsPlan {
  readonly documents: number
  readonly seconds: number
  /** Before anything is measured: until then a figure shows how V8 compiles. */
  readonly warmUpSeconds: number
  readonly repeat: number
  readonly peers: boolean
  /** Edits of the recorded session; all of them when left out. */
  readonly limit: number | undefined
}

interface Typing {
  readonly microseconds: number
  readonly typed: Typed
}
interface Burst {
  readonly microseconds: number
  /** With what was written after everybody had everything. */
  readonly inAll: number
  readonly replayed: Replayed
  readonly warmMs: number
  readonly coldMs: number
  readonly diskBytes: number
}

const TRACE = 'friendsforever'
const SETTLE_MS = 12_000
const OPENINGS = 5

async function typing(kind: Kind, { documents, seconds, warmUpSeconds }: DraftsPlan): Promise<Typing> {
  const stand = await openStand(kind, { cases: documents, people: 5 })
  try {
    const ms = seconds * 1000
    const input = { documents, writers: 2, readers: 3, keysPerSecond: 8, warmUpMs: warmUpSeconds * 1000, ms }
    const { answer, spent } = await stand.measured<Typed>('typing', input)
    return { microseconds: (spent.cpuSeconds * 1e6) / answer.updates, typed: answer }
  } finally {
    await stand.end()
  }
}

async function burst(kind: Kind, { limit }: DraftsPlan): Promise<Burst> {
  const stand = await openStand(kind, { cases: 2, people: 6 })
  const cold = limit === undefined
  try {
    const before = folderBytes(stand.folder)
    const input = { trace: TRACE, readers: 3, batch: 20, ...(limit === undefined ? {} : { limit }) }
    const { answer: replayed, spent, end } = await stand.measured<Replayed>('replay', input)
    const { length } = replayed
    await stand.client.call('leaveAll')
    await pause(cold ? SETTLE_MS : 500)
    const after = between(end, sample(stand.server.pid)).cpuSeconds
    const opening = async () => median(await inOrder(OPENINGS, () => stand.client.call<number>('timeToOpen', { at: 0, person: 4, length })))
    const warmMs = await opening()
    await pause(cold ? 1000 : 0)
    await stand.server.stop()
    const diskBytes = folderBytes(stand.folder) - before
    const coldMs = cold
      ? median(
          await inOrder(3, async () => {
            await stand.again()
            await stand.client.call('timeToOpen', { at: 1, person: 4, length: 0 })
            const took = await stand.client.call<number>('timeToOpen', { at: 0, person: 5, length })
            await stand.server.stop()
            return took
          }),
        )
      : Number.NaN
    const microseconds = (spent.cpuSeconds * 1e6) / replayed.edits
    return { microseconds, inAll: microseconds + (after * 1e6) / replayed.edits, replayed, warmMs, coldMs, diskBytes }
  } finally {
    await stand.end()
  }
}

export async function benchDrafts(plan: DraftsPlan, table: Table): Promise<boolean> {
  const kinds: Kind[] = ['platform', ...(plan.peers ? PEERS.filter(isInstalled) : [])]
  const typed = new Map<Kind, Typing[]>(kinds.map((kind) => [kind, []]))
  const bursts = new Map<Kind, Burst[]>(kinds.map((kind) => [kind, []]))
  for (let round = 1; round <= plan.repeat; round++) {
    for (const kind of kinds) {
      await quietMachine(0.4)
      const one = await typing(kind, plan)
      typed.get(kind)?.push(one)
      const { latency50, latency99, undelivered } = one.typed
      table.note(
        `round ${round}, ${kind} typing: ${one.microseconds.toFixed(0)} µs, ${latency50.toFixed(2)}/${latency99.toFixed(2)} ms, undelivered ${undelivered}`,
      )
    }
    for (const kind of kinds) {
      await quietMachine(0.4)
      const one = await burst(kind, plan)
      bursts.get(kind)?.push(one)
      table.note(
        `round ${round}, ${kind} burst: ${one.microseconds.toFixed(0)} µs, in all ${one.inAll.toFixed(0)} µs, ${one.replayed.seconds.toFixed(1)} s, ` +
          `same ${one.replayed.same}, warm ${one.warmMs.toFixed(0)} ms, cold ${one.coldMs.toFixed(0)} ms, disk ${one.diskBytes}`,
      )
    }
  }
  const of = <One>(list: readonly One[] | undefined, pick: (one: One) => number) => median((list ?? []).map(pick))
  table.head(
    'drafts',
    'typing, server µs/update',
    'latency p50',
    'p99',
    'burst µs/edit',
    'in all',
    'warm open ms',
    'cold open ms',
    'disk kB',
  )
  for (const kind of kinds) {
    const [typings, runs] = [typed.get(kind), bursts.get(kind)]
    table.row(
      kind === 'platform' ? 'ours, durable' : kind,
      of(typings, (one) => one.microseconds).toFixed(0),
      of(typings, (one) => one.typed.latency50).toFixed(2),
      of(typings, (one) => one.typed.latency99).toFixed(2),
      of(runs, (one) => one.microseconds).toFixed(0),
      of(runs, (one) => one.inAll).toFixed(0),
      of(runs, (one) => one.warmMs).toFixed(0),
      of(runs, (one) => one.coldMs).toFixed(0),
      (of(runs, (one) => one.diskBytes) / 1000).toFixed(0),
    )
  }
  const [ours, runs] = [typed.get('platform'), bursts.get('platform')]
  const hocuspocus = typed.get('hocuspocus')
  if (hocuspocus) {
    const ratio = (pick: (one: Typing) => number) => of(ours, pick) / of(hocuspocus, pick)
    table.goal(
      'typing, server CPU against Hocuspocus',
      ratio((one) => one.microseconds),
      '<=',
      0.9,
    )
    table.goal(
      'typing, latency p50 against Hocuspocus',
      ratio((one) => one.typed.latency50),
      '<=',
      1.5,
    )
    table.goal(
      'typing, latency p99 against Hocuspocus',
      ratio((one) => one.typed.latency99),
      '<=',
      1.5,
    )
  }
  const peers = kinds.slice(1).map((kind) => of(bursts.get(kind), (one) => one.inAll))
  if (peers.length > 0)
    table.goal('burst, server CPU in all against the best peer', of(runs, (one) => one.inAll) / Math.min(...peers), '<=', 0.3)
  if (plan.limit === undefined) {
    table.goal(
      'opening the 26,000-edit text, warm, ms',
      of(runs, (one) => one.warmMs),
      '<=',
      40,
    )
    table.goal(
      'opening the 26,000-edit text, cold, ms',
      of(runs, (one) => one.coldMs),
      '<=',
      80,
    )
  }
  const undelivered = (ours ?? []).reduce((sum, one) => sum + one.typed.undelivered, 0)
  const different = (runs ?? []).filter((one) => !one.replayed.same).length
  return table.must('updates undelivered or texts that differ', undelivered + different)
}

async function inOrder<Answer>(count: number, work: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let i = 0; i < count; i++) answers.push(await work())
  return answers
}
