// What one message costs in the log alone, without sockets: parsed, decided, hashed, encrypted, stored, folded. CPU time of this process,
// so that it can be read on a busy machine too. `npx tsx bench/log-path.ts [messages] [cases]`

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RULES } from '#server/catalogue.ts'
import { composeLog } from '#server/compose-log.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import { act, newCommandId, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'

const total = Number(process.argv[2] ?? 20_000)
const cases = Number(process.argv[3] ?? 100)
const TEXT = 'Мы готовы оплатить остаток двумя частями: 500 000 ₸ до 10 декабря, the rest by 25 January, если корм будет принят по акту '

const folder = mkdtempSync(join(tmpdir(), 'bitim-bench-'))
const storage = openSqlite(process.env.BENCH_IN_MEMORY ? { memory: true } : { folder })
const { clock, entropy, defer } = realSystem()
const seeding = serverOver({ storage })
const worlds = await Promise.all(
  Array.from({ length: cases }, async (_unused, at) => {
    const world = supplyCase(4, `case-${at}`)
    await openSession(seeding, world)
    return world
  }),
)
const rules = RULES.filter((rule) => Object.keys(rule.facts).length === 0)
const { log } = composeLog({
  rules,
  log: storage.log,
  keys: makeAudienceKeys({ keys: storage.keys, masterKey: new Uint8Array(32).fill(7), entropy }),
  clock,
  entropy,
  defer,
  epoch: 1,
  quota: scaledQuota(QUOTA, 1_000), // each person speaks for a crowd here
  subscribers: subscribed(),
  facts: async () => ({}),
})
await Promise.all(worlds.map((world) => log.state(world.caseId)))

async function run(messages: number): Promise<void> {
  let sent = 0
  await Promise.all(
    worlds.map(async (world) => {
      const seen = { audience: 'all', epoch: 1, seq: 1_000_000, hash: '' } as const
      while (sent < messages) {
        const person = world.people[sent++ % 4] ?? world.mediator
        const id = newCommandId()
        await act(log, person, messagePost, { audience: 'all', id, text: TEXT }, { id, seen })
      }
    }),
  )
}

await run(total / 4)
const [cpu, at] = [process.cpuUsage(), performance.now()]
await run(total)
const { user, system } = process.cpuUsage(cpu)
const seconds = (performance.now() - at) / 1000
console.log(
  `${((user + system) / total).toFixed(1)} µs of CPU for each message (${(user / total).toFixed(1)} of it user), ${(total / seconds).toFixed(0)}/s`,
)
await storage.close()
rmSync(folder, { recursive: true, force: true })
