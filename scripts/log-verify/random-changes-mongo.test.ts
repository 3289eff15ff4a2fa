// As random-changes.test.ts, in MongoDB: documents of every collection, with TEST_MONGODB_URI alone.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose, { type Connection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restingRecords } from '#server/storage/checkpoint/record-set.ts'
import { commitDocument, entryDocument, snapshotKey } from '#server/storage/mongo/documents.ts'
import { openMongo } from '#server/storage/mongo/open-mongo.ts'
import type { Storage } from '#server/storage/ports.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { flipped, type Pick, pickerOf, randomFrom } from './damage.ts'
import { liveInstallation, otherInstallation } from './live-installation.ts'
import { openVerifier } from './verify-installation.ts'

const uri = process.env.TEST_MONGODB_URI
const CHANGES = 80
const DATA = ['log_commits', 'document_entries', 'document_snapshots', 'files', 'records'] as const
const KEYS = ['wrapped_keys', 'checkpoints'] as const
const COLLECTIONS = [...DATA, ...KEYS]
type Name = (typeof COLLECTIONS)[number]
interface Doc {
  readonly _id: unknown
  readonly [field: string]: unknown
}
type World = ReadonlyMap<Name, readonly Doc[]>

const parent = mkdtempSync(join(tmpdir(), 'bitim-random-mongo-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** The rows of an embedded installation as MongoDB would keep them. */
async function documentsOf(folder: string): Promise<World> {
  const storage = openSqlite({ folder })
  const world = new Map<Name, Doc[]>(COLLECTIONS.map((name) => [name, []]))
  const add = (name: Name, doc: object) => world.get(name)?.push({ _id: new mongoose.Types.ObjectId(), ...withBuffers(doc) })
  for (const caseId of await storage.log.caseIds())
    for (const commit of await storage.log.readCase(caseId, 0, 10_000)) add('log_commits', commitDocument(commit))
  for (const place of await storage.inspection.documents()) {
    for (const entry of await storage.drafts.read(place, 0, 10_000)) add('document_entries', entryDocument(entry))
    const snapshot = await storage.drafts.snapshot(place)
    if (snapshot) add('document_snapshots', { _id: snapshotKey(place), ...snapshot })
  }
  for (const id of await storage.inspection.fileIds()) add('files', { _id: id, bytes: await storage.files.get(id) })
  for (const name of await storage.keys.names()) add('wrapped_keys', { _id: name, bytes: await storage.keys.get(name) })
  for (const { name, revision, bytes } of await storage.checkpoints.read('', 10_000)) add('checkpoints', { _id: name, revision, bytes })
  for await (const { collection, id, version, value, unique, index } of restingRecords(storage.inspection)) {
    const texts = (keys: object) => Object.entries(keys).map(([key, text]) => `${collection}/${key}=${text}`)
    const keys = { ...(texts(unique).length > 0 && { unique: texts(unique) }), ...(texts(index).length > 0 && { index: texts(index) }) }
    add('records', { _id: `${collection}/${id}`, collection, id, version, value: JSON.stringify(value), ...keys })
  }
  await storage.close()
  return world
}

/** The driver takes a bare Uint8Array for an object with numbered fields. */
function withBuffers<T>(value: T): T {
  if (value instanceof Uint8Array) return Buffer.from(value) as unknown as T // bytes stay bytes
  if (Array.isArray(value)) return value.map(withBuffers) as unknown as T // as above, within
  if (typeof value !== 'object' || value === null || value instanceof mongoose.Types.ObjectId) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withBuffers(one)])) as T // as above, within
}

/** The same document with one leaf changed. */
function changedLeaf(value: unknown, random: (below: number) => number): unknown {
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) {
    const next = flipped(value as string | number | Uint8Array, random) // what a document is made of here
    return next instanceof Uint8Array ? Buffer.from(next) : next
  }
  if (Array.isArray(value)) {
    const at = random(value.length)
    return value.map((one, index) => (index === at ? changedLeaf(one, random) : one))
  }
  const fields = Object.keys(value).filter(
    (field) => field !== '_id' && !(Array.isArray(Reflect.get(value, field)) && Reflect.get(value, field).length === 0),
  )
  const field = pickerOf(random)(fields)
  return { ...value, [field]: changedLeaf(Reflect.get(value, field), random) }
}

interface Change {
  readonly words: string
  readonly name: Name
  readonly remove: readonly Doc[]
  readonly insert: readonly Doc[]
}

describe.runIf(uri)('MongoDB', () => {
  let storage: Storage
  let data: Connection
  let keys: Connection
  let masterKey: Uint8Array
  let now: World
  let foreign: World
  const connectionOf = (name: Name) => (KEYS.some((each) => each === name) ? keys : data)
  const inCollection = (name: Name) => connectionOf(name).collection<{ _id: never }>(name)

  beforeAll(async () => {
    const folder = join(parent, 'own')
    masterKey = await liveInstallation(folder, () => undefined)
    now = await documentsOf(folder)
    const other = join(parent, 'other')
    await otherInstallation(other)
    foreign = await documentsOf(other)
    const database = `bitim-random-${randomBytes(6).toString('hex')}`
    const place = new URL(uri ?? 'mongodb://localhost/')
    place.pathname = `/${database}`
    storage = await openMongo({ uri: place.href })
    data = await mongoose.createConnection(place.href).asPromise()
    place.pathname = `/${database}-keys`
    keys = await mongoose.createConnection(place.href).asPromise()
    for (const [name, docs] of now) if (docs.length > 0) await inCollection(name).insertMany(docs as never[]) // whole already
  }, 600_000)
  afterAll(async () => {
    await Promise.all([storage?.close(), data?.close(), keys?.close()])
  })

  async function said() {
    const verifier = await openVerifier({ storage, masterKey })
    const reports = []
    for (const caseId of verifier.caseIds) reports.push(await verifier.verifyCase(caseId, new Map()))
    const all = [...reports, ...(await verifier.verifyRest(reports))]
    return { faults: all.flatMap(({ faults }) => faults), notes: all.flatMap(({ notes }) => notes) }
  }

  function nextChange(random: (below: number) => number, pick: Pick): Change | undefined {
    const name = pick(COLLECTIONS)
    const docs = now.get(name) ?? []
    const doc = pick(docs)
    const other = pick(docs)
    switch (pick(['flip', 'remove', 'swap', 'empty', 'foreign'] as const)) {
      case 'flip':
        return { words: 'flip', name, remove: [doc], insert: [changedLeaf(doc, random) as Doc] } // its `_id` stays
      case 'remove':
        return { words: 'remove', name, remove: [doc], insert: [] }
      case 'swap':
        if (doc === other) return undefined
        return {
          words: 'swap',
          name,
          remove: [doc, other],
          insert: [
            { ...doc, _id: other._id },
            { ...other, _id: doc._id },
          ],
        }
      case 'empty': {
        if (name !== 'log_commits') return undefined
        const [first, ...rest] = doc.events as readonly Record<string, unknown>[] // as written above
        const { sealedBody: _gone, ...header } = first ?? {}
        return { words: 'empty', name, remove: [doc], insert: [{ ...doc, events: [header, ...rest] }] }
      }
      default: {
        const strangers = foreign.get(name) ?? []
        if (strangers.length === 0) return undefined
        const stranger = pick(strangers)
        const inPlace = docs.filter(({ _id }) => String(_id) === String(stranger._id))
        return { words: 'foreign', name, remove: inPlace, insert: [stranger] }
      }
    }
  }

  /** For the reasons in random-changes.test.ts; and where `_id` says nothing, two documents may as well have each other's. */
  function isHarmless({ words, name, remove: [doc], insert: [next] }: Change): boolean {
    const id = String(doc?._id)
    const differs = Object.keys(doc ?? {}).filter((field) => JSON.stringify(doc?.[field]) !== JSON.stringify(next?.[field]))
    const differsIn = (field: string) => words === 'flip' && differs.join() === field
    if (name === 'checkpoints') return words === 'remove' && /^(case|document)\//.test(id)
    if (name === 'log_commits')
      return words === 'swap' || (differsIn('commandMac') && doc?.commandMac instanceof Uint8Array && doc.commandMac.length === 32)
    if (name === 'document_entries') return words === 'swap'
    return id === 'installation/epoch' && differsIn('version')
  }

  it(`[LOG-32] ${CHANGES} random changes to documents are named, or do no harm`, { timeout: 1_200_000 }, async () => {
    const whole = await said()
    expect(whole.faults).toEqual([])
    const random = randomFrom(82)
    const unnamed: string[] = []
    let named = 0
    for (let made = 0; made < CHANGES; ) {
      const change = nextChange(random, pickerOf(random))
      if (!change) continue
      made++
      const { name, remove, insert } = change
      const within = inCollection(name)
      for (const { _id } of remove) await within.deleteOne({ _id: _id as never }) // whatever its type
      if (insert.length > 0) await within.insertMany(insert as never[])
      const { faults, notes } = await said()
      if (faults.length > 0 || JSON.stringify(notes) !== JSON.stringify(whole.notes)) named++
      else if (!isHarmless(change)) unnamed.push(`${change.words} ${name} ${JSON.stringify(remove).slice(0, 300)}`)
      for (const { _id } of insert) await within.deleteOne({ _id: _id as never })
      if (remove.length > 0) await within.insertMany(remove as never[])
    }
    expect(unnamed).toEqual([])
    expect(named).toBeGreaterThan(CHANGES * 0.8)
  })
})
