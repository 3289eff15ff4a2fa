// npm run bench: all of it, or `messages`, `drafts`, `judging`, `memory`, `neighbour`, `flood`, `crash`; `growth-rooms` and `growth-drafts` only by name. `--smoke`: short, without peers, only that it runs and nothing is lost.
// `--peers` installs the peers into their folders first; `--repeat n`, `--seconds n` for longer runs.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCrash } from './crash.ts'
import { benchDrafts } from './drafts/bench.ts'
import { benchFlood } from './flood.ts'
import { benchJudging } from './judging.ts'
import { machine } from './lib/measure.ts'
import { bench } from './lib/paths.ts'
import { makeTable } from './lib/table.ts'
import { benchIdle, benchMemory } from './memory.ts'
import { benchMessages } from './messages/bench.ts'
import { benchNeighbour } from './neighbour/bench.ts'
import { buildServer } from './platform/built-server.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    smoke: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    repeat: { type: 'string' },
    seconds: { type: 'string' },
    rooms: { type: 'string' },
  },
})
const asked = new Set(positionals)
const { smoke } = values
const repeat = Number(values.repeat ?? (smoke ? 1 : 3))
const seconds = Number(values.seconds ?? (smoke ? 1 : 5))

const table = makeTable({ goals: !smoke })
console.log(machine())
if (values.peers) installPeers()
buildServer()
const peers = !smoke
if (smoke) process.env.BENCH_PATIENCE_MS ??= '0'
const parts: readonly [string, () => Promise<boolean>][] = [
  [
    'messages',
    () => benchMessages({ rooms: Number(values.rooms ?? (smoke ? 20 : 200)), seconds, repeat, perSecond: smoke ? 200 : 1000 }, table),
  ],
  [
    'drafts',
    () => {
      const typing = { seconds: Number(values.seconds ?? (smoke ? 1 : 20)), warmUpSeconds: smoke ? 0.5 : 5 }
      return benchDrafts({ documents: smoke ? 4 : 40, ...typing, repeat, peers, limit: smoke ? 2_000 : undefined }, table)
    },
  ],
  ['judging', async () => benchJudging({ repeat }, table)],
  ['idle', () => benchIdle({ repeat, restMs: smoke ? 500 : 5_000 }, table)],
  ['memory', () => benchMemory({ drafts: smoke ? 5 : 1000, restMs: smoke ? 2_500 : 15_000 }, table)],
  ['neighbour', () => benchNeighbour(smoke ? { seconds: 1, history: 50 } : { seconds: Math.max(10, seconds), history: 1_000 }, table)],
  ['flood', () => benchFlood({ requests: smoke ? 3_000 : 120_000, connections: smoke ? 200 : 3_000 }, table)],
  ['crash', () => benchCrash({ count: smoke ? 400 : 4_000, peers }, table)],
]
/** How cost grows: long runs, so only by name. */
const growth: readonly [string, () => Promise<boolean>][] = [
  ...(smoke ? [20, 40] : [200, 1_000, 2_000]).map((rooms): [string, () => Promise<boolean>] => [
    'growth-rooms',
    () => benchMessages({ rooms, seconds, repeat, perSecond: smoke ? 200 : 1000 }, table),
  ]),
  ...(smoke ? [5, 10] : [100, 1_000, 5_000]).map((drafts): [string, () => Promise<boolean>] => [
    'growth-drafts',
    () => benchMemory({ drafts, restMs: smoke ? 2_500 : 15_000 }, table),
  ]),
]
let sound = true
for (const [name, run] of parts) if (asked.size === 0 || asked.has(name)) sound = (await run()) && sound
for (const [name, run] of growth) if (asked.has(name)) sound = (await run()) && sound
table.save(`${[...asked].join('-') || 'all'}${smoke ? '-smoke' : ''}`)
process.exit(sound ? 0 : 1)

function installPeers(): void {
  for (const peer of ['hocuspocus', 'y-websocket']) {
    const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: join(bench, 'peers', peer),
      stdio: 'inherit',
    })
    if (done.status !== 0) console.error(`${peer} could not be installed: measured without it`)
  }
}
