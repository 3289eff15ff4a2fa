// The command over a real data folder that was tampered with behind the server's back.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openData } from '#server/open-data.ts'
import { openDatabase } from '#server/storage/sqlite/database.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { runLogVerify } from './run-log-verify.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-log-verify-'))
const whole = join(parent, 'whole')
const world = supplyCase()
const other = supplyCase(2, 'other')
const MASTER_KEY = Buffer.alloc(32, 7).toString('hex')
const WORDS = 'жеті рет өлшеп, бір рет кес'
let head = { seq: 0, hash: '' }
let removed = 0

beforeAll(async () => {
  const storage = openSqlite({ folder: whole })
  await storage.records.insert('installation', 'epoch', { epoch: 1 })
  const log = serverOver({ storage })
  for (const scene of [world, other]) {
    await openSession(log, scene)
    const at = (await log.state(scene.caseId)).audiences.get('all')
    const seen = { audience: 'all' as const, epoch: at?.epoch ?? 0, seq: at?.seq ?? 0, hash: at?.hash ?? '' }
    for (let i = 0; i < 9; i++) {
      const id = newCommandId()
      await act(log, scene.mediator, messagePost, { audience: 'all', id, text: `${WORDS} ${i}` }, { id, seen })
    }
  }
  const said = (await log.state(world.caseId)).audiences.get('all')
  removed = said?.seq ?? 0
  await act(log, world.mediator, messageRedact, { audience: 'all', epoch: said?.epoch ?? 0, seq: removed })
  const last = (await log.state(world.caseId)).audiences.get('all')
  head = { seq: last?.seq ?? 0, hash: last?.hash ?? '' }
  const masterKey = new Uint8Array(32).fill(7)
  const { clock, entropy } = realSystem()
  const { goOn } = await openData({ storage, masterKey, clock, entropy, isAlone: true, isNew: true })
  const { checkpoints } = await goOn()
  await checkpoints.save()
  await storage.close()
  writeFileSync(join(whole, 'keys', 'master.key'), MASTER_KEY)
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

let copies = 0
async function verify(sql: readonly string[], args: readonly string[] = [], environment: Record<string, string> = {}) {
  const folder = join(parent, `copy-${copies++}`)
  cpSync(whole, folder, { recursive: true })
  const database = openDatabase(join(folder, 'bitim.db'))
  for (const each of sql) database.execute(each)
  database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  const lines: string[] = []
  const code = await runLogVerify({ args: ['--data', folder, ...args], environment, print: (line) => void lines.push(line) })
  return { code, text: lines.join('\n') }
}

const ROW = (seq: number) => `k = (SELECT k FROM log_case WHERE case_id = '${world.caseId}') AND audience = 'all' AND seq = ${seq}`

describe('log:verify', () => {
  it('[LOG-13] finds a whole folder whole, case by case, and repeats nothing that was said', async () => {
    const { code, text } = await verify([])
    expect(text).toContain(`case ${world.caseId}: whole`)
    expect(text).toContain(`case ${other.caseId}: whole`)
    expect(code).toBe(0)
    expect(text).not.toContain(WORDS)
  })

  it.each([
    [
      'a byte of a body',
      `UPDATE log_event SET encrypted_body = CAST(X'01' || substr(encrypted_body, 2, 60) || X'00' AS BLOB) WHERE ${ROW(6)}`,
      /all: event 6: its body was changed at rest/,
    ],
    ['a digest', `UPDATE log_event SET body_digest = zeroblob(32) WHERE ${ROW(6)}`, /all: event 6/],
    ['who said it', `UPDATE log_event SET by = '${world.people[0]?.id}' WHERE ${ROW(6)}`, /all: event 6 was changed/],
    ['when', `UPDATE log_event SET at = at - 1 WHERE ${ROW(6)}`, /all: event 6 was changed/],
    ['its kind', `UPDATE log_event SET type = 'nobody:knows' WHERE ${ROW(6)}`, /all: event 6 cannot be read/],
    ['a hash', `UPDATE log_event SET hash = zeroblob(32) WHERE ${ROW(6)}`, /all: event 6/],
    ['the audience', `UPDATE log_event SET audience = 'mediators', seq = 2 WHERE ${ROW(6)}`, /all: event 6 is missing/],
    ['the epoch', `UPDATE log_event SET epoch = 2 WHERE ${ROW(6)}`, /all: event 6 was changed[\s\S]*earlier epoch/],
    ['a column', `UPDATE log_event SET hash = 'text' WHERE ${ROW(6)}`, /cannot be read/],
    ['the commit', `UPDATE log_event SET commit_number = commit_number + 1000 WHERE ${ROW(6)}`, /commits \d+ to \d+ are missing/],
  ])('[LOG-13] names %s that was changed', async (_what, sql, words) => {
    const { code, text } = await verify([sql])
    expect(text).toMatch(words)
    expect(code).toBe(1)
    expect(text).toContain(`case ${other.caseId}: whole`)
  })

  it('[LOG-13] names a removed row, and both of two that changed places', async () => {
    expect((await verify([`DELETE FROM log_event WHERE ${ROW(6)}`])).text).toMatch(
      /all: event 6 is missing[\s\S]*1 cases|all: event 6 is missing/,
    )
    const swapped = await verify([
      `UPDATE log_event SET seq = 1000 WHERE ${ROW(6)}`,
      `UPDATE log_event SET seq = 6 WHERE ${ROW(7)}`,
      `UPDATE log_event SET seq = 7 WHERE ${ROW(1000)}`,
    ])
    expect(swapped.text).toMatch(/all: event 6 does not stand where its commit says/)
    expect(swapped.code).toBe(1)
  })

  it('[LOG-13] names a cut-off end against the checkpoint, and against a head that was kept elsewhere', async () => {
    const cut = [`DELETE FROM log_event WHERE ${ROW(head.seq)}`]
    const alone = await verify(cut)
    expect(alone.text).toContain(`all: the record ends before event ${head.seq} of the checkpoint: its end was cut off`)
    expect(alone.code).toBe(1)
    const args = ['--case', world.caseId, '--head', `all=${head.seq}:${head.hash}`]
    const { code, text } = await verify(cut, args)
    expect(text).toContain(`all: the record ends before event ${head.seq}`)
    expect(code).toBe(1)
    expect((await verify([], args)).code).toBe(0)
    const another = ['--case', world.caseId, '--head', `all=${head.seq - 1}:${head.hash}`]
    expect((await verify([], another)).text).toContain(`event ${head.seq - 1} was changed, or is not the one that was kept elsewhere`)
  })

  it('[LOG-13] [LOG-40] a removed message is counted as forgotten; a body that is missing without a redaction is a fault', async () => {
    const nulled = await verify([`UPDATE log_event SET encrypted_body = NULL WHERE ${ROW(6)}`])
    expect(nulled.text).toContain('all: event 6: its body is gone, and no event says so')
    expect(nulled.code).toBe(1)
    const { code, text } = await verify([`UPDATE log_event SET encrypted_body = NULL WHERE ${ROW(removed)}`])
    expect(text).toMatch(/whole \(.* 1 forgotten\)/)
    expect(code).toBe(0)
  })

  it('[LOG-13] a wrong master key is a fault', async () => {
    const wrong = await verify([], [], { BITIM_MASTER_KEY: 'ab'.repeat(32) })
    expect(wrong.text).toContain('all: its key cannot be opened with this master key')
    expect(wrong.code).toBe(1)
  })

  it('[LOG-13] says in plain words that a server is running, that there is no data, or how it is used', async () => {
    const storage = openSqlite({ folder: whole })
    const lines: string[] = []
    const run = (args: readonly string[]) => runLogVerify({ args, environment: {}, print: (line) => void lines.push(line) })
    expect(await run(['--data', whole])).toBe(2)
    expect(lines.at(-1)).toMatch(/another server is running on the data folder/)
    await storage.close()
    expect(await run(['--data', join(parent, 'nothing')])).toBe(2)
    expect(lines.at(-1)).toMatch(/there is no data/)
    for (const args of [['--data'], ['--what', 'x'], ['--head', `all=1:${head.hash}`], ['--case', 'x'], ['--head', 'all']])
      expect(await run(args)).toBe(2)
    expect(lines.at(-2)).toContain('log:verify')
    expect(await run(['--data', whole, '--case', 'x'.repeat(22)])).toBe(1)
  })
})
