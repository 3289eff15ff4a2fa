// At typing speed in many documents at once: what an update costs the server, and how long it is until others have it.
import { median } from '../lib/measure.ts'
import type { Table } from '../lib/table.ts'
import { type Kind, nameOf } from './adapter.ts'
import type { Typed } from './client.ts'
import { openStand } from './servers.ts'

export interface TypingPlan {
  readonly documents: number
  readonly seconds: number
  /** Before anything is measured: until then a figure shows how V8 compiles. */
  readonly warmUpSeconds: number
}

export interface Typing {
  readonly microseconds: number
  readonly typed: Typed
}

export async function typing(kind: Kind, { documents, seconds, warmUpSeconds }: TypingPlan): Promise<Typing> {
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

export function typingInWords({ microseconds, typed }: Typing): string {
  return `${microseconds.toFixed(0)} µs, ${typed.latency50.toFixed(2)}/${typed.latency99.toFixed(2)} ms, undelivered ${typed.undelivered}`
}

const FIGURES: readonly (readonly [string, (one: Typing) => number])[] = [
  ['server CPU', ({ microseconds }) => microseconds],
  ['latency p50', ({ typed }) => typed.latency50],
  ['latency p99', ({ typed }) => typed.latency99],
]

/** Of Hocuspocus as it ships, which tells others at once and writes later, and of Hocuspocus held to what we promise. */
const BOUNDS = { hocuspocus: [1.8, 1.5, 1.5], 'hocuspocus-durable': [1, 1, 1] } as const

/** `runs`: of each kind one a round, in the same order. */
export function tellTyping(runs: ReadonlyMap<Kind, readonly Typing[]>, table: Table): void {
  table.head('drafts at typing speed', 'server µs/update', 'latency p50', 'p99')
  for (const [kind, list] of runs) {
    const [cpu = '', p50 = '', p99 = ''] = FIGURES.map(([, pick], nth) => median(list.map(pick)).toFixed(nth === 0 ? 0 : 2))
    table.row(nameOf(kind), cpu, p50, p99)
  }
  const ours = runs.get('platform') ?? []
  for (const peer of ['hocuspocus', 'hocuspocus-durable'] as const) {
    const theirs = runs.get(peer)
    if (!theirs) continue
    for (const [nth, [figure, pick]] of FIGURES.entries()) {
      const ratios = theirs.map((one, round) => ratio(ours[round], one, pick))
      table.goal(`typing, ${figure} against ${nameOf(peer)}, median of the rounds' ratios`, median(ratios), '<=', BOUNDS[peer][nth] ?? 1)
    }
  }
}

function ratio(ours: Typing | undefined, theirs: Typing, pick: (one: Typing) => number): number {
  return ours ? pick(ours) / pick(theirs) : Number.NaN
}
