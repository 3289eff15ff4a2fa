// Speed of the log on the storage that is configured: durable commits a second, singly and in batches, and appends made at
// once by many callers. Bodies of 400 bytes, 200 cases. `npx tsx bench/storage.ts [seconds]`; with TEST_MONGODB_URI also MongoDB.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytes, commit, event, newCase, upTo } from '#server/storage/contracts/samples.ts'
import { openStorage } from '#server/storage/open.ts'
import type { Commit, LogStore } from '#server/storage/ports.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'

const ROUNDS = 5
const seconds = Number(process.argv[2] ?? 2)
// Made once: drawing random bytes for each commit costs more than storing it.
const sampleEvent = event({ encryptedBody: bytes(400) })
const sampleCommit = commit(newCase(), 1)

class Room {
  readonly #caseId = newCase()
  #commitNumber = 0

  next(): Commit {
    this.#commitNumber++
    const commandId = asId<CommandId>(this.#commitNumber.toString(36).padStart(22, '_'))
    return {
      ...sampleCommit,
      caseId: this.#caseId,
      commitNumber: this.#commitNumber,
      commandId,
      events: [{ ...sampleEvent, seq: this.#commitNumber }],
    }
  }
}

async function commitsPerSecond(round: (until: number) => Promise<number>): Promise<number> {
  const rates: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    const stored = await round(start + (seconds * 1000) / ROUNDS)
    rates.push(stored / ((performance.now() - start) / 1000))
  }
  return Math.round(rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0)
}

async function inBatches(log: LogStore, size: number): Promise<number> {
  const rooms = upTo(200).map(() => new Room())
  let turn = 0
  const next = () => rooms[turn++ % rooms.length]?.next() ?? sampleCommit
  return commitsPerSecond(async (until) => {
    let stored = 0
    while (performance.now() < until) {
      const answers = await log.append(upTo(size).map(next))
      stored += answers.filter((answer) => answer === 'stored').length
    }
    return stored
  })
}

/** Each caller has one case and appends one commit after the other, as a room does. */
async function byCallers(log: LogStore, callers: number): Promise<number> {
  const rooms = upTo(callers).map(() => new Room())
  return commitsPerSecond(async (until) => {
    let stored = 0
    await Promise.all(
      rooms.map(async (room) => {
        while (performance.now() < until) {
          const [answer] = await log.append([room.next()])
          if (answer === 'stored') stored++
        }
      }),
    )
    return stored
  })
}

async function measure(name: string, config: { mongoUri?: string; dataFolder: string }): Promise<void> {
  const storage = await openStorage(config)
  console.log(`${name}, commits a second, median of ${ROUNDS}`)
  console.log(`  one per batch        ${await inBatches(storage.log, 1)}`)
  console.log(`  50 per batch         ${await inBatches(storage.log, 50)}`)
  console.log(`  200 per batch        ${await inBatches(storage.log, 200)}`)
  console.log(`  50 callers at once   ${await byCallers(storage.log, 50)}`)
  console.log(`  200 callers at once  ${await byCallers(storage.log, 200)}`)
  await storage.close()
}

const dataFolder = mkdtempSync(join(tmpdir(), 'bitim-bench-'))
try {
  await measure('SQLite on disk', { dataFolder })
  const mongoUri = process.env.TEST_MONGODB_URI
  if (mongoUri) await measure('MongoDB', { mongoUri, dataFolder })
} finally {
  rmSync(dataFolder, { recursive: true, force: true })
}
