// One party does its worst in a case of its own: what do healthy people of other cases feel? Each of them sends a message every 60 ms,
// which is what one person may; counted is the time to the acknowledgement, that is until it is on the disk.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type CommandAck, PROTOCOL_VERSION, type ResumeAnswer, WIRE } from '#shared/protocol/wire.ts'
import { startClient } from '../lib/client-process.ts'
import { LightSocket } from '../lib/light-socket.ts'
import { between, pause, quantile, sample } from '../lib/measure.ts'
import { bench } from '../lib/paths.ts'
import type { Table } from '../lib/table.ts'
import { startPlatform } from '../platform/built-server.ts'
import { newFolder, type SeededSession, seed } from '../platform/seeded.ts'
import { ATTACKS, type Done, lastSeen } from './attacks.ts'

interface NeighbourPlan {
  readonly seconds: number
  /** Messages that the hostile case has already. */
  readonly history: number
}

const HEALTHY = 3
const EVERY_MS = 60
const GOAL_MS = 50
/** The first burst, which limits allow everybody, is over sooner on a fast machine. */
const RUN_UP_MS = 1_000

export async function benchNeighbour({ seconds, history }: NeighbourPlan, table: Table): Promise<boolean> {
  let lost = 0
  table.head(
    'a neighbour does its worst',
    'ack p50 ms',
    'p99',
    'longest',
    'served/s',
    'refused/s',
    'server CPU %',
    'waited for a processor %',
    'server MB',
  )
  const asked = process.env.BENCH_ATTACKS?.split(',')
  for (const name of ATTACKS.filter((each) => asked?.includes(each) ?? true)) {
    const folder = newFolder()
    const attacker = startClient(join(bench, 'neighbour/attacker.ts'))
    try {
      const { sessions } = await seed(folder.path, { cases: 1 + HEALTHY, people: 3, messages: history })
      const [hostile, ...others] = sessions
      const server = await startPlatform(folder.path)
      const healthy = await Promise.all(others.map(([, party]) => enter(server.url, party)))
      await attacker.call('enter', { url: server.url, sessions: hostile })
      await attacker.call('begin', name)
      await pause(RUN_UP_MS)
      const from = sample(server.pid)
      const measured = await Promise.all(healthy.map((person, nth) => converse(person, seconds * 1_000, (nth * EVERY_MS) / HEALTHY)))
      const to = sample(server.pid)
      const { served, refused } = await attacker.call<Done>('end')
      const waits = measured.flatMap((each) => each.waits)
      lost += measured.reduce((sum, each) => sum + each.refused, 0)
      const spent = between(from, to)
      const p99 = quantile(waits, 0.99)
      const span = spent.seconds + RUN_UP_MS / 1_000
      table.row(
        name,
        ...[quantile(waits, 0.5), p99, Math.max(...waits)].map((each) => each.toFixed(1)),
        ...[served / span, refused / span].map((each) => each.toFixed(0)),
        ...[spent.cpuSeconds, spent.waitedSeconds].map((each) => ((each * 100) / spent.seconds).toFixed(0)),
        (to.rssBytes / 1e6).toFixed(0),
      )
      table.goal(`${name}: ack p99 of healthy people, ms`, p99, '<=', GOAL_MS)
      await server.stop()
    } finally {
      attacker.end()
      folder.remove()
    }
  }
  return table.must('messages of healthy people refused', lost)
}

interface Healthy {
  readonly socket: LightSocket
  readonly seen: unknown
}

async function enter(url: string, session: SeededSession | undefined): Promise<Healthy> {
  if (!session) throw new Error('nobody there')
  const socket = await LightSocket.open({ url, auth: { token: session.token, caseId: session.caseId, protocol: PROTOCOL_VERSION } })
  return { socket, seen: lastSeen(await socket.ask<{ value: ResumeAnswer }>(WIRE.resume, { heads: [] })) }
}

/** Sends on time, whether or not the one before is answered: whoever waits for answers sees no delay. */
async function converse({ socket, seen }: Healthy, milliseconds: number, offset: number) {
  const waits: number[] = []
  let refused = 0
  const asked: Promise<void>[] = []
  const began = performance.now() + offset
  for (let at = began; at < began + milliseconds; at += EVERY_MS) {
    await pause(Math.max(0, at - performance.now()))
    const input = { audience: 'all', id: newId(), text: 'Мы готовы оплатить остаток двумя частями' }
    const sent = performance.now()
    asked.push(
      socket.ask<CommandAck>(WIRE.command, { id: newId(), name: 'message:post', input, seen }).then((ack) => {
        waits.push(performance.now() - sent)
        // Messages that a late server reads all at once are beyond what one person may: lateness, which is counted already.
        if (!ack.ok && ack.problem.kind !== 'too-many') refused++
      }),
    )
  }
  await Promise.all(asked)
  return { waits, refused }
}

function newId(): string {
  return randomBytes(16).toString('base64url')
}
