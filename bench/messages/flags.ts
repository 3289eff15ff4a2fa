// What Node's flags cost: messages with those of production, and with each of them left out or set otherwise, in turn on one folder a round,
// each against the bare Socket.IO of its round. BENCH_NODE_FLAGS adds a set of one's own.
import { median, quietMachine, sample } from '../lib/measure.ts'
import type { Table } from '../lib/table.ts'
import { askedFlags, NODE_FLAGS, startPlatform } from '../platform/built-server.ts'
import { newFolder, type Seeded, seed } from '../platform/seeded.ts'
import { faultsOf, type Measured, type MessagesPlan, measure, measureBare, PEOPLE } from './bench.ts'

interface FlagsRun {
  readonly measured: Measured
  readonly againstBare: number
  readonly serverMb: number
}

const SOURCE_MAPS = '--enable-source-maps'
const YOUNG = '--max-semi-space-size='

function variants(): ReadonlyMap<string, readonly string[]> {
  const withYoung = (megabytes: number) => [...NODE_FLAGS.filter((flag) => !flag.startsWith(YOUNG)), `${YOUNG}${megabytes}`]
  const asked = askedFlags()
  return new Map([
    [`production's: ${NODE_FLAGS.join(' ')}`, NODE_FLAGS],
    [`without ${SOURCE_MAPS}`, NODE_FLAGS.filter((flag) => flag !== SOURCE_MAPS)],
    ...[4, 16, 32].map((megabytes) => [`${YOUNG}${megabytes}`, withYoung(megabytes)] as const),
    ...(asked ? [[`asked: ${asked.join(' ')}`, asked] as const] : []),
  ])
}

export async function benchFlags(plan: MessagesPlan, table: Table): Promise<boolean> {
  const runs = new Map([...variants().keys()].map((name): [string, FlagsRun[]] => [name, []]))
  for (let round = 0; round < plan.repeat; round++) {
    const folder = newFolder()
    try {
      const seeded = await seed(folder.path, { cases: plan.rooms, people: PEOPLE })
      await quietMachine(0.4)
      const bare = await measureBare(seeded, plan)
      for (const [name, flags] of inTurn([...variants()], round)) {
        const { measured, serverMb } = await withFlags(folder.path, flags, { seeded, plan })
        runs.get(name)?.push({ measured, serverMb, againstBare: measured.perSecond / bare.perSecond })
      }
    } finally {
      folder.remove()
    }
  }
  table.head('flags of Node', 'messages/s', 'against bare Socket.IO', 'server µs', `ack p50 at ${plan.perSecond}/s`, 'ack p99', 'server MB')
  for (const [name, list] of runs) {
    const of = (pick: (one: FlagsRun) => number, digits: number) => median(list.map(pick)).toFixed(digits)
    table.row(
      name,
      of(({ measured }) => measured.perSecond, 0),
      of(({ againstBare }) => againstBare, 2),
      of(({ measured }) => measured.cpuMicroseconds, 0),
      of(({ measured }) => measured.paced.ack50, 2),
      of(({ measured }) => measured.paced.ack99, 2),
      of(({ serverMb }) => serverMb, 0),
    )
  }
  const faults = [...runs.values()].flat().reduce((sum, { measured }) => sum + faultsOf(measured), 0)
  return table.must('messages lost, doubled, out of order or refused', faults)
}

async function withFlags(
  folder: string,
  flags: readonly string[],
  { seeded, plan }: { readonly seeded: Seeded; readonly plan: MessagesPlan },
): Promise<Pick<FlagsRun, 'measured' | 'serverMb'>> {
  const server = await startPlatform(folder, flags)
  try {
    const measured = await measure('platform', server, seeded, plan)
    return { measured, serverMb: sample(server.pid).rssBytes / 1e6 }
  } finally {
    await server.stop()
  }
}

/** Each begins a round once: whoever is first finds the emptiest folder. */
function inTurn<One>(list: readonly One[], round: number): readonly One[] {
  const at = round % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}
