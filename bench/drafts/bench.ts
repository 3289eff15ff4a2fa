// Drafts: ours (durable before the acknowledgement) beside document servers: at typing speed in many documents, and a recorded session at once.
import { quietMachine } from '../lib/measure.ts'
import type { Table } from '../lib/table.ts'
import type { Kind, Peer } from './adapter.ts'
import { type Burst, type BurstPlan, burst, burstInWords, tellBurst } from './burst.ts'
import { ALL_PEERS, isInstalled, PEERS } from './servers.ts'
import { type Typing, type TypingPlan, tellTyping, typing, typingInWords } from './typing.ts'

interface DraftsPlan extends TypingPlan, BurstPlan {
  readonly repeat: number
  /** How often the recorded session is played; as often as typing is measured when left out. */
  readonly bursts?: number
  readonly peers: boolean
  /** Who types beside us; all of them when left out. */
  readonly typists?: readonly Peer[]
}

export async function benchDrafts(plan: DraftsPlan, table: Table): Promise<boolean> {
  const { bursts: played = plan.repeat, typists = ALL_PEERS } = plan
  const typed = runsOf<Typing>(['platform', ...(plan.peers ? typists.filter(isInstalled) : [])])
  const bursts = runsOf<Burst>(['platform', ...(plan.peers ? PEERS.filter(isInstalled) : [])])
  for (let round = 1; round <= Math.max(plan.repeat, played); round++) {
    if (round <= plan.repeat) await inTurn(typed, (kind) => typing(kind, plan), { round, what: 'typing', words: typingInWords }, table)
    if (round <= played) await inTurn(bursts, (kind) => burst(kind, plan), { round, what: 'burst', words: burstInWords }, table)
  }
  tellTyping(typed, table)
  tellBurst(bursts, plan, table)
  const undelivered = (typed.get('platform') ?? []).reduce((sum, one) => sum + one.typed.undelivered, 0)
  const different = (bursts.get('platform') ?? []).filter((one) => !one.replayed.same).length
  return table.must('updates undelivered or texts that differ', undelivered + different)
}

function runsOf<One>(kinds: readonly Kind[]): ReadonlyMap<Kind, One[]> {
  return new Map(kinds.map((kind) => [kind, []]))
}

interface Telling<One> {
  readonly round: number
  readonly what: string
  readonly words: (one: One) => string
}

async function inTurn<One>(
  runs: ReadonlyMap<Kind, One[]>,
  run: (kind: Kind) => Promise<One>,
  { round, what, words }: Telling<One>,
  table: Table,
): Promise<void> {
  for (const [kind, list] of runs) {
    await quietMachine(0.4)
    const one = await run(kind)
    list.push(one)
    table.note(`round ${round}, ${kind} ${what}: ${words(one)}`)
  }
}
