// Makes bodies really go: from their rows, from the write-ahead log, and from the unused parts of pages, where SQLite leaves copies of
// rows that it has moved, also with `secure_delete`. Those are looked for; the file is written anew only if there are some.

import { storageUnavailable } from '#server/storage/failure.ts'
import type { BodyToDestroy, Commit } from '#server/storage/ports.ts'
import { serialQueue } from '#shared/kernel/serial-queue.ts'
import type { CommitGate, Schedule } from './commit-gate.ts'
import type { Database } from './database.ts'
import { integerAt } from './rows.ts'

/** Pages looked at in one go: some ten milliseconds. */
const PAGES = 2_000
/** To look for more costs as much as writing the file anew. */
const MANY = 3
/** A ciphertext opens no more without its nonce, which begins behind one byte; any eight bytes of that are found by one of these pieces. */
const PIECES: readonly (readonly [number, number])[] = [
  [1, 7],
  [4, 10],
  [7, 13],
]

export interface StoredBody {
  readonly k: number
  readonly commitNumber: number
  readonly i: number
  readonly commit: Commit
  readonly encryptedBody: Uint8Array
  readonly countedBytes: number
}

interface Destroying {
  readonly database: Database
  readonly gate: CommitGate
  readonly schedule: Schedule
  /** The event's row while it has a body; asked inside the transaction. */
  readonly find: (body: BodyToDestroy) => StoredBody | undefined
}

export function createBodyDestroyer({ database, gate, schedule, find }: Destroying): (bodies: readonly BodyToDestroy[]) => Promise<void> {
  const removeBody = database.prepare(
    'UPDATE log_event SET encrypted_body = NULL, destroyed_bytes = ? WHERE k = ? AND commit_number = ? AND i = ?',
  )
  const replaceMac = database.prepare('UPDATE log_event SET command_mac = ? WHERE k = ? AND commit_number = ? AND i = 0')
  const mark = database.prepare('INSERT OR IGNORE INTO unswept (id) VALUES (1)')
  const sweeper = createSweeper(database, schedule)
  const inTurn = serialQueue()

  function destroyOne(body: BodyToDestroy): readonly Uint8Array[] {
    const stored = find(body)
    if (!stored) return []
    const { k, commitNumber, i, commit, encryptedBody, countedBytes } = stored
    removeBody.run([countedBytes, k, commitNumber, i])
    replaceMac.run([body.replacementMac(commit), k, commitNumber])
    mark.run([])
    return [encryptedBody]
  }

  async function destroy(bodies: readonly BodyToDestroy[]): Promise<void> {
    const destroyed = await gate.enter(() => bodies.flatMap(destroyOne))
    sweeper.expect(destroyed)
    await sweeper.sweep()
    await gate.enter(() => sweeper.unmark())
  }

  return (bodies) => inTurn(() => destroy(bodies))
}

/** At a start: what an earlier one was killed over. Its bodies are not known any more, so the whole file is written anew. */
export function finishSweep(database: Database): void {
  if (!database.prepare('SELECT id FROM unswept').get([])) return
  try {
    rewrite(database)
    database.execute('DELETE FROM unswept')
  } catch {
    // No room, or somebody reads (a backup): the mark stays, and the next destruction or start does it.
  }
}

function createSweeper(database: Database, schedule: Schedule) {
  const isMarked = database.prepare('SELECT id FROM unswept')
  const unmark = database.prepare('DELETE FROM unswept')
  const countPages = database.prepare('PRAGMA page_count')
  const look = database.prepare('SELECT 1 FROM sqlite_dbpage WHERE pgno BETWEEN ? AND ? AND instr(data, ?) > 0 LIMIT 1')
  /** Bodies that were destroyed here and whose remains are still to be looked for. */
  let expected: Uint8Array[] = []

  async function areRemainsLeft(bodies: readonly Uint8Array[]): Promise<boolean> {
    if (bodies.length === 0 || bodies.length > MANY) return true // none known: of a server that was killed
    const pieces = bodies.flatMap((body) => PIECES.map(([from, to]) => new Uint8Array(body.subarray(from, to))))
    const pages = integerAt(countPages.get([]) ?? [], 0)
    for (let first = 1; first <= pages; first += PAGES) {
      if (pieces.some((piece) => look.get([first, first + PAGES - 1, piece]) !== undefined)) return true
      await new Promise<void>((resolve) => schedule(resolve))
    }
    return false
  }

  return {
    expect: (bodies: readonly Uint8Array[]) => void expected.push(...bodies),
    async sweep(): Promise<void> {
      if (!isMarked.get([])) return
      emptyWriteAheadLog(database)
      if (await areRemainsLeft(expected)) rewrite(database)
    },
    unmark(): void {
      unmark.run([])
      expected = []
    },
  }
}

function rewrite(database: Database): void {
  database.execute('VACUUM')
  emptyWriteAheadLog(database)
}

/** Everything in it is moved into the data file, and it is cut to nothing. */
function emptyWriteAheadLog(database: Database): void {
  const [busy] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get([]) ?? []
  if (busy !== 0) throw storageUnavailable(new Error('somebody reads the data file; what was destroyed still stands beside it'))
}
