// npm run bench: all of it, or one of the parts below by name; those of GROWTH, `flags` and `goals` only by name. `--smoke`: short, without
// peers, only that it runs and nothing is lost. `--peers` installs the peers into their folders first; `--repeat n`, `--seconds n` for
// longer runs. `goals` runs what has a goal of speed or memory, in order, and ends with one table of all of them.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCaseList } from './case-list/bench.ts'
import { benchConversation } from './conversation.ts'
import { benchCrash } from './crash.ts'
import { benchDrafts } from './drafts/bench.ts'
import { benchFlood } from './flood.ts'
import { benchJoin } from './join.ts'
import { benchJudging } from './judging.ts'
import { machine } from './lib/measure.ts'
import { bench } from './lib/paths.ts'
import { makeTable } from './lib/table.ts'
import { benchLongCase } from './long-case/bench.ts'
import { benchIdle, benchMemory } from './memory.ts'
import { benchMessages } from './messages/bench.ts'
import { benchFlags } from './messages/flags.ts'
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
const peers = !smoke
const typing = { documents: smoke ? 4 : 40, seconds: Number(values.seconds ?? (smoke ? 1 : 20)), warmUpSeconds: smoke ? 0.5 : 5 }
const messages = { rooms: Number(values.rooms ?? (smoke ? 20 : 200)), seconds, repeat, perSecond: smoke ? 200 : 1000 }
const drafts = { ...typing, repeat, peers, limit: smoke ? 2_000 : undefined }
const restMs = smoke ? 2_500 : 15_000

type Part = readonly [string, () => Promise<boolean>]

const table = makeTable({ goals: !smoke })
const IDLE: Part = ['idle', () => benchIdle({ repeat, restMs: smoke ? 500 : 5_000 }, table)]
const MESSAGES: Part = ['messages', () => benchMessages(messages, table)]
const MEMORY: Part = ['memory', () => benchMemory({ drafts: smoke ? 5 : 1000, restMs }, table)]
const LONG_CASE: Part = ['long-case', () => benchLongCase({ sizes: smoke ? [500] : [1_000, 10_000, 100_000] }, table)]
const CONVERSATION: Part = ['conversation', () => benchConversation({ messages: smoke ? 500 : 10_000, visits: smoke ? 1 : 5 }, table)]
const CASE_LIST: Part = ['case-list', () => benchCaseList({ sizes: smoke ? [20] : [100, 1_000, 10_000] }, table)]
const JOIN: Part = ['join', () => benchJoin(smoke ? { visits: 1, lines: 1 } : { visits: repeat }, table)]

const PARTS: readonly Part[] = [
  MESSAGES,
  ['drafts', () => benchDrafts(drafts, table)],
  ['judging', async () => benchJudging({ repeat }, table)],
  IDLE,
  MEMORY,
  ['neighbour', () => benchNeighbour(smoke ? { seconds: 1, history: 50 } : { seconds: Math.max(10, seconds), history: 1_000 }, table)],
  ['flood', () => benchFlood({ requests: smoke ? 3_000 : 120_000, connections: smoke ? 200 : 3_000 }, table)],
  CONVERSATION,
  JOIN,
  ['crash', () => benchCrash({ count: smoke ? 400 : 4_000, peers }, table)],
]
/** How cost grows: long runs, so only by name, or short ones in a smoke run. */
const GROWTH: readonly Part[] = [LONG_CASE, CASE_LIST]
const BY_NAME: readonly Part[] = [
  ...(smoke ? [20, 40] : [200, 1_000, 2_000]).map((rooms): Part => ['growth-rooms', () => benchMessages({ ...messages, rooms }, table)]),
  ...(smoke ? [5, 10] : [100, 1_000, 5_000]).map((open): Part => ['growth-drafts', () => benchMemory({ drafts: open, restMs }, table)]),
  ['flags', () => benchFlags(messages, table)],
]
/** In less than 25 minutes: the recorded session once, since its goals are met by far, and typing beside those alone it is held against. */
const GOALS: readonly Part[] = [
  IDLE,
  MESSAGES,
  ['drafts', () => benchDrafts({ ...drafts, bursts: 1, typists: ['hocuspocus', 'hocuspocus-durable'] }, table)],
  MEMORY,
  ['crash', () => benchCrash({ count: 400, peers }, table)],
  LONG_CASE,
  CASE_LIST,
  CONVERSATION,
  JOIN,
]

function chosen(): readonly Part[] {
  if (asked.has('goals')) return GOALS
  if (asked.size === 0) return smoke ? [...PARTS, ...GROWTH] : PARTS
  return [...PARTS, ...GROWTH, ...BY_NAME].filter(([name]) => asked.has(name))
}

console.log(machine())
if (values.peers) installPeers()
buildServer()
if (smoke) process.env.BENCH_PATIENCE_MS ??= '0'
let sound = true
for (const [, run] of chosen()) sound = (await run()) && sound
if (asked.has('goals')) table.allGoals()
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
