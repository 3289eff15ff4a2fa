// Somebody who can change the data but not the keys puts back what was there before; and servers that were killed, where nobody did anything.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type OpenData, openData } from '#server/open-data.ts'
import { commit, entry, event, newCase, newDocument } from '#server/storage/contracts/samples.ts'
import type { Storage } from '#server/storage/ports.ts'
import { openDatabase } from '#server/storage/sqlite/database.ts'
import { dataFile, openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { takeAsItIs } from './take-as-it-is.ts'
import { watchDrafts } from './watch-drafts.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-checkpoints-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const masterKey = new Uint8Array(32).fill(7)
const clock = setClock()
let seed = 0

interface Running extends OpenData {
  readonly storage: Storage
  /** Stops as SIGTERM does, or as kill -9 does: without a last checkpoint. */
  stop(how?: 'killed'): Promise<void>
}

async function start(folder: string): Promise<Running> {
  const storage = openSqlite({ folder })
  try {
    const data = await open(storage, true)
    const stop = async (how?: 'killed') => {
      if (how !== 'killed') await data.checkpoints.save()
      await storage.close()
    }
    return { ...data, storage, stop }
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function open(storage: Storage, isAlone: boolean): Promise<OpenData> {
  const isNew = (await storage.records.get('installation', 'epoch')) === undefined
  const data = await openData({ storage, masterKey, clock, entropy: seededEntropy(`start ${seed++}`), isAlone, isNew })
  await data.demandAsNew()
  return data.goOn()
}

async function say(
  { storage, checkpoints }: Pick<Running, 'storage' | 'checkpoints'>,
  caseId: ReturnType<typeof newCase>,
  commitNumber: number,
) {
  const one = event({ seq: commitNumber })
  await storage.log.append([commit(caseId, commitNumber, { events: [one] })])
  const head = { epoch: 1, seq: commitNumber, hash: base64url(one.hash) }
  checkpoints.changes.noteCommit({
    caseId,
    events: [{ audience: 'all', hash: head.hash }],
    after: { commitNumber, audiences: new Map([['all', head]]) },
  })
}

const newFolder = () => mkdtempSync(join(parent, 'data-'))
const refusal = (folder: string) =>
  start(folder).then(
    async (running) => {
      await running.stop()
      return 'started'
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

function sql(folder: string, ...statements: readonly string[]): void {
  const database = openDatabase(dataFile(folder))
  for (const each of statements) database.execute(each)
  database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Two records, a case of three commits and a draft; then a copy of the data; then everything goes on, and the server stops. */
async function aDayInTheLife() {
  const folder = newFolder()
  const caseId = newCase()
  const first = await start(folder)
  const drafts = watchDrafts(first.storage.drafts, first.checkpoints.changes)
  await first.records.insert('sessions', 'stolen', { live: true }, { index: { account: 'aigul' } })
  await first.records.insert('codes', 'tries', { tries: 1 })
  await first.records.insert('codes', 'kept', { tries: 0 })
  for (const commitNumber of [1, 2, 3]) await say(first, caseId, commitNumber)
  const draft = newDocument(caseId)
  await drafts.append([entry(draft, 1)])
  await first.stop()
  const before = join(newFolder(), 'before.db')
  cpSync(dataFile(folder), before)
  const second = await start(folder)
  await second.records.remove('sessions', 'stolen')
  await second.records.replace('codes', 'tries', 1, { tries: 5 })
  await say(second, caseId, 4)
  await watchDrafts(second.storage.drafts, second.checkpoints.changes).append([entry(draft, 2)])
  return { folder, before, caseId, running: second }
}

const OLD = (before: string) => `ATTACH '${before}' AS old`

describe('a start over data that was put back', () => {
  it('[STO-110] refuses all of it, in one line that names what and says the ways out', async () => {
    const { folder, before, running } = await aDayInTheLife()
    await running.stop()
    cpSync(before, dataFile(folder))
    const line = await refusal(folder)
    expect(line).toMatch(/older than at its last checkpoint \(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC\), or was changed: /)
    expect(line).toMatch(/and 2 more: restore a backup .*--as-it-is$|--as-it-is$/)
    expect(line).not.toContain('\n')
  })

  it.each<[string, (old: string, caseId: string) => readonly string[], RegExp]>([
    [
      'a session that was ended',
      (old) => [OLD(old), "INSERT INTO record SELECT * FROM old.record WHERE collection = 'sessions'"],
      /record sessions\/stolen: removed, and there again/,
    ],
    [
      'a counter of tries',
      (old) => [OLD(old), "REPLACE INTO record SELECT * FROM old.record WHERE id = 'tries'"],
      /record codes\/tries: put back/,
    ],
    [
      'a counter of tries under the version that it has now',
      (old) => [OLD(old), "UPDATE record SET value = (SELECT value FROM old.record WHERE id = 'tries') WHERE id = 'tries'"],
      /record codes\/tries: changed/,
    ],
    ['a record that is gone', () => ["DELETE FROM record WHERE id = 'kept'"], /record codes\/kept: gone/],
    ['the end of a conversation', () => ['DELETE FROM log_event WHERE commit_number = 4'], /case \S+: its record was cut off/],
    ['a whole conversation', () => ['DELETE FROM log_event'], /case \S+: its record was cut off/],
    [
      'another last commit',
      () => ['UPDATE log_event SET hash = zeroblob(32) WHERE commit_number = 4'],
      /case \S+: its record is not the one/,
    ],
    ['the end of a draft', () => ['DELETE FROM document_entry WHERE revision = 2'], /draft of case \S+: cut off/],
    ['the epoch', () => [`UPDATE record SET value = '{"epoch":77}' WHERE id = 'epoch'`], /the epoch: it is 77, and was 1/],
  ])('[STO-110] names %s', async (_what, statements, words) => {
    const { folder, before, caseId, running } = await aDayInTheLife()
    await running.stop()
    sql(folder, ...statements(before, caseId))
    expect(await refusal(folder)).toMatch(words)
  })

  it.each([
    ['changed', 'UPDATE document_entry SET at = at + 1 WHERE revision = 1'],
    ['gone', 'DELETE FROM document_entry WHERE revision = 1'],
  ])('[STO-115] names a mark from before the chain of its document that is %s, also after people went on', async (_what, statement) => {
    const folder = newFolder()
    const place = newDocument(newCase())
    const old = openSqlite({ folder })
    await old.drafts.append([entry(place, 1, { kind: 'claim', previous: undefined, hash: undefined })])
    await old.close()
    const first = await start(folder)
    await watchDrafts(first.storage.drafts, first.checkpoints.changes).append([entry(place, 2)])
    await first.stop()
    const second = await start(folder)
    await second.stop()
    sql(folder, statement)
    expect(await refusal(folder)).toMatch(/draft of case \S+: a mark from before its chain was changed, or is missing/)
  })

  it('[STO-111] takes the data as it is once somebody has said so beside the keys, with a higher epoch, and guards it from there', async () => {
    const { folder, before, running } = await aDayInTheLife()
    await running.stop()
    cpSync(before, dataFile(folder))
    const storage = openSqlite({ folder })
    const epoch = await takeAsItIs(storage, clock.now())
    await storage.close()
    const restored = await start(folder)
    expect(restored.epoch).toBe(epoch)
    expect((await restored.records.get('codes', 'tries'))?.value).toEqual({ tries: 1 })
    await restored.stop()
    expect(await refusal(folder)).toBe('started')
    cpSync(before, dataFile(folder))
    expect(await refusal(folder)).toMatch(/the epoch: it is 1, and was/)
  })

  it('[STO-111] what somebody said of one restored epoch holds for no other data', async () => {
    const { folder, before, running } = await aDayInTheLife()
    await running.stop()
    const storage = openSqlite({ folder })
    const epoch = await takeAsItIs(storage, clock.now())
    await storage.close()
    cpSync(before, dataFile(folder))
    expect(await refusal(folder)).toMatch(`not what was restored last (epoch 1, not ${epoch})`)
  })

  it('[STO-111] a checkpoint that is missing, or does not open, stops the start as well', async () => {
    const { folder, running } = await aDayInTheLife()
    await running.stop()
    const keys = openDatabase(join(folder, 'keys', 'keys.db'))
    keys.execute("UPDATE checkpoint SET bytes = zeroblob(90) WHERE name = 'root'")
    expect(await refusal(folder)).toMatch(/the checkpoint itself: missing or damaged/)
    keys.execute('DELETE FROM checkpoint')
    keys.close()
    expect(await refusal(folder)).toMatch(/the checkpoint beside the keys is missing/)
  })
})

describe('a start after kill -9', () => {
  it('[STO-112] takes what is newer than the checkpoint: changed, new and removed records, commits, edits', async () => {
    const { folder, caseId, running } = await aDayInTheLife()
    await running.records.insert('sessions', 'new', { live: true })
    await running.records.remove('sessions', 'new')
    await running.records.insert('sessions', 'new', { live: true })
    await running.records.remove('codes', 'kept')
    await running.stop('killed')
    const next = await start(folder)
    expect((await next.records.get('codes', 'tries'))?.value).toEqual({ tries: 5 })
    expect(await next.records.get('sessions', 'stolen')).toBeUndefined()
    expect(await next.storage.log.headOf(caseId)).toBe(4)
    await next.stop('killed')
    // From here on that, too, is written down.
    sql(folder, "DELETE FROM record WHERE id = 'new'")
    expect(await refusal(folder)).toMatch(/record sessions\/new: gone/)
  })

  it('[STO-112] however often it is killed, and wherever in a checkpoint', async () => {
    const folder = newFolder()
    await (await start(folder)).stop()
    for (let round = 0; round < 12; round++) {
      const running = await start(folder)
      await running.records.insert('sessions', `s${round}`, { round })
      if (round % 3 === 0) await running.checkpoints.save()
      if (round > 1) await running.records.remove('sessions', `s${round - 2}`)
      const stored = await running.records.get<{ round: number }>('sessions', `s${round}`)
      await running.records.replace('sessions', `s${round}`, stored?.version ?? 0, { round, again: true })
      if (round % 4 === 1) {
        const saving = running.checkpoints.save().catch(() => undefined)
        await running.stop('killed')
        await saving
      } else await running.stop('killed')
    }
    expect(await refusal(folder)).toBe('started')
  })

  it('[STO-112] nothing is written when nothing has changed, and tombstones go once they are not needed', async () => {
    const { folder, running } = await aDayInTheLife()
    expect(await running.storage.records.all('removed')).toHaveLength(1)
    await running.checkpoints.save()
    expect(await running.storage.records.all('removed')).toEqual([])
    const root = await running.storage.checkpoints.get('root')
    await running.checkpoints.save()
    expect(await running.storage.checkpoints.get('root')).toEqual(root)
    await running.stop()
    expect(await refusal(folder)).toBe('started')
  })
})

describe('several servers on one storage', () => {
  it('[STO-113] each writes down its own, and a third one that starts meanwhile finds all of it as it should be', async () => {
    const storage = memoryStorage()
    const one = { ...(await open(storage, false)), storage }
    const two = { ...(await open(storage, false)), storage }
    const caseId = newCase()
    await one.records.insert('sessions', 'shared', { by: 1 })
    await one.checkpoints.save()
    await two.records.replace('sessions', 'shared', 1, { by: 2 })
    await say(one, caseId, 1)
    await say(two, caseId, 2)
    await two.records.insert('sessions', 'unsaved', { by: 2 })
    await one.records.remove('sessions', 'shared')
    await one.checkpoints.save()
    await open(storage, false)
    await two.checkpoints.save()
    const three = await open(storage, false)
    expect((await three.records.get('sessions', 'unsaved'))?.value).toEqual({ by: 2 })
    await storage.close()
  })
})

describe('the checkpoint itself', () => {
  it('[STO-114] rests beside the keys, encrypted, and never in the data', async () => {
    const { running, folder } = await aDayInTheLife()
    const entries = await running.storage.checkpoints.read('', 100)
    const resting = Buffer.concat(entries.map(({ bytes }) => Buffer.from(bytes)))
    for (const word of ['sessions', 'codes', 'epoch', 'digest']) expect(resting.includes(word)).toBe(false)
    await running.stop()
    const database = openDatabase(dataFile(folder))
    expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'checkpoint'").get([])).toBeUndefined()
    database.close()
  })
})
