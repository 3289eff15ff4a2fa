// npm run bench: all of it, or `messages`, `drafts`, `memory`, `crash`. `--smoke`: short, without peers, only that it runs and nothing is lost.
// `--peers` installs the peers into their folders first; `--repeat n`, `--seconds n` for longer runs.
import { parseArgs } from 'node:util'
import { machine } from './lib/measure.ts'
import { makeTable } from './lib/table.ts'
import { benchMessages } from './messages/bench.ts'
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
const wants = (name: string) => asked.size === 0 || asked.has(name)
const { smoke } = values
const repeat = Number(values.repeat ?? (smoke ? 1 : 3))
const seconds = Number(values.seconds ?? (smoke ? 1 : 5))

const table = makeTable()
console.log(machine())
buildServer()
let sound = true
if (wants('messages')) {
  const rooms = Number(values.rooms ?? (smoke ? 20 : 200))
  sound = (await benchMessages({ rooms, seconds, repeat, perSecond: smoke ? 200 : 1000 }, table)) && sound
}
table.save(`${[...asked].join('-') || 'all'}${smoke ? '-smoke' : ''}`)
process.exit(sound ? 0 : 1)
