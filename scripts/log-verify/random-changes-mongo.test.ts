// As random-changes.test.ts, in MongoDB: documents of every collection, with TEST_MONGODB_URI alone.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose, { type Connection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restingRecords } from '#server/storage/checkpoint/record-set.ts'
import { commitDocument, copyKey, entryDocument, snapshotKey } from '#server/storage/mongo/documents.ts'
import { endKey, pieceKey } from '#server/storage/mongo/file-store.ts'
import { openMongo } from '#server/storage/mongo/open-mongo.ts'
import { PROJECTED } from '#server/storage/mongo/projection-store.ts'
import type { Storage } from '#server/storage/ports.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { type Change, flipped, type Holder, KINDS, type Kind, pickerOf, type Random, randomFrom } from './testing/change-kinds.ts'
import { liveInstallation, otherInstallation } from './testing/live-installation.ts'
import { openVerifier } from './verify-installation.ts'

const uri = process.env.TEST_MONGODB_URI
/** Each takes a third of a second there; the embedded store gets more. */
const CHANGES = 200
const LINES = 'projected_cases-2'
const DERIVED = [LINES, 'projection_positions', 'due_steps'] as const
const DATA = [
  'log_commits',
  'document_entries',
  'document_snapshots',
  'document_archive',
  'files',
  'file_pieces',
  'records',
  ...DERIVED,
] as const
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
    for (const name of await storage.drafts.archived(place))
      add('document_archive', { _id: copyKey(place, name), ...(await storage.drafts.archivedCopy(place, name)) })
  }
  for (const [attempt, id] of (await storage.inspection.fileIds()).entries()) {
    const found = await storage.files.read(id)
    if (found?.form === 'whole') add('files', { _id: id, bytes: found.bytes })
    if (found?.form !== 'pieces') continue
    let at = 0
    for await (const bytes of found.pieces()) add('file_pieces', { _id: pieceKey(String(attempt), at++), bytes })
    add('file_pieces', { _id: endKey(String(attempt)), fileId: id, pieces: found.count, header: found.header, mac: found.mac })
  }
  for (const name of await storage.keys.names()) add('wrapped_keys', { _id: name, bytes: await storage.keys.get(name) })
  for (const { name, revision, bytes } of await storage.checkpoints.read('', 10_000)) add('checkpoints', { _id: name, revision, bytes })
  for await (const { collection, id, version, value, unique, index } of restingRecords(storage.inspection)) {
    const texts = (keys: object) => Object.entries(keys).map(([key, text]) => `${collection}/${key}=${text}`)
    const keys = { ...(texts(unique).length > 0 && { unique: texts(unique) }), ...(texts(index).length > 0 && { index: texts(index) }) }
    add('records', { _id: `${collection}/${id}`, collection, id, version, value: JSON.stringify(value), ...keys })
  }
  for (const { id, at, encrypted } of await storage.inspection.dueSteps('', 10_000))
    add('due_steps', { _id: id, at, encrypted, readyAt: at, failures: 0 })
  const table = LINES.slice(PROJECTED.length)
  for (const { caseId, commitNumber } of await storage.projections.positions(table, '', 10_000)) {
    add('projection_positions', { _id: `${table}/${caseId}`, table, commitNumber })
    for (const { id, value, ...rest } of await storage.projections.ofCase(table, caseId))
      add(LINES, { _id: id, ...rest, value: JSON.stringify(value) })
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

/** The same document with one leaf changed; says in which field. */
function withChangedLeaf(doc: Doc, random: Random): { readonly row: Doc; readonly field: string } {
  const field = pickerOf(random)(fieldsOf(doc))
  return { row: { ...doc, [field]: changedLeaf(doc[field], random) }, field }
}

function changedLeaf(value: unknown, random: Random): unknown {
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) {
    const next = flipped(value as string | number | Uint8Array, random) // what a document is made of here
    return next instanceof Uint8Array ? Buffer.from(next) : next
  }
  if (Array.isArray(value)) {
    const at = random(value.length)
    return value.map((one, index) => (index === at ? changedLeaf(one, random) : one))
  }
  const field = pickerOf(random)(fieldsOf(value))
  return { ...value, [field]: changedLeaf(Reflect.get(value, field), random) }
}

function fieldsOf(value: object): readonly string[] {
  const isEmptyList = (field: string) => Array.isArray(Reflect.get(value, field)) && Reflect.get(value, field).length === 0
  return Object.keys(value).filter((field) => field !== '_id' && !isEmptyList(field))
}

/** What a document is found by; where `_id` is only a random number, it says nothing. */
const PLACE: Readonly<Partial<Record<Name, readonly string[]>>> = {
  log_commits: ['caseId', 'commitNumber'],
  document_entries: ['caseId', 'documentId', 'revision'],
}
const NUMBERED = new Set<Name>(Object.keys(PLACE) as Name[]) // its own keys
const placeOf = (name: Name, doc: Doc) => JSON.stringify((PLACE[name] ?? ['_id']).map((field) => doc[field]))
const contentOf = (name: Name, doc: Doc) => JSON.stringify(NUMBERED.has(name) ? { ...doc, _id: '' } : doc)

function holderOf(name: Name, { now, earlier, foreign }: Record<'now' | 'earlier' | 'foreign', World>): Holder<Doc> {
  return {
    now: now.get(name) ?? [],
    earlier: earlier.get(name) ?? [],
    foreign: foreign.get(name) ?? [],
    placeOf: (doc) => placeOf(name, doc),
    moved: (content, place) => ({
      ...content,
      ...Object.fromEntries((PLACE[name] ?? []).map((field) => [field, place[field]])),
      _id: place._id,
    }),
    changed: withChangedLeaf,
    nulled(doc, random) {
      if (name !== 'log_commits') return undefined
      const events = doc.events as readonly Record<string, unknown>[] // as written above
      const at = random(events.length)
      const without = events.map(({ encryptedBody, ...header }, index) => (index === at ? header : { ...header, encryptedBody }))
      return { row: { ...doc, events: without }, field: 'encryptedBody' }
    },
    isSame: (a, b) => contentOf(name, a) === contentOf(name, b),
  }
}

/** For the reasons in random-changes.test.ts. */
function isHarmless(kind: Kind, name: Name, { remove: [doc], insert: [placed], field }: Change<Doc>): boolean {
  const id = String(doc?._id)
  // An edit that its snapshot covers: nobody reads it, and it goes with the next compaction, as one that a killed server left.
  if (name === 'document_entries' && kind === 'put back') return doc === undefined && placed?.kind === 'update'
  // Which installation's: 0 alone says that it was encrypted otherwise, any other number is only a number.
  if (name === 'document_snapshots') return field === 'epoch' && doc?.epoch !== 0 && placed?.epoch !== 0
  if (name === 'checkpoints') return /^(case|document)\//.test(id) && (kind === 'deleted' || kind === 'put back')
  if (name === 'log_commits') return field === 'commandMac' && doc?.commandMac instanceof Uint8Array && doc.commandMac.length === 32
  if (name === 'due_steps') return kind !== 'foreign' && (field === undefined || field === 'readyAt' || field === 'failures')
  if (name === 'document_entries') return field === 'at' && doc?.kind === 'update' && doc.hash === undefined
  return id === 'installation/epoch' && field === 'version'
}

describe.runIf(uri)('MongoDB', () => {
  let storage: Storage
  let data: Connection
  let keys: Connection
  let masterKey: Uint8Array
  let worlds: Record<'now' | 'earlier' | 'foreign', World>
  const connectionOf = (name: Name) => (KEYS.some((each) => each === name) ? keys : data)
  const inCollection = (name: Name) => connectionOf(name).collection<{ _id: never }>(name)

  beforeAll(async () => {
    const folder = join(parent, 'own')
    let earlier: World = new Map()
    masterKey = await liveInstallation(folder, async (of) => {
      earlier = await documentsOf(of)
    })
    const now = await documentsOf(folder)
    for (const name of DERIVED) expect(now.get(name)).not.toEqual([])
    const other = join(parent, 'other')
    await otherInstallation(other)
    worlds = { now, earlier, foreign: await documentsOf(other) }
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

  /** Everything is as it was afterwards. Undefined where the database itself refuses what was changed: two in one place. */
  async function saidAfter(name: Name, { remove, insert }: Change<Doc>) {
    const within = inCollection(name)
    try {
      for (const { _id } of remove) await within.deleteOne({ _id: _id as never }) // whatever its type
      if (insert.length > 0) await within.insertMany(insert as never[])
      return await said()
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoBulkWriteError && error.code === 11_000) return undefined
      throw error
    } finally {
      for (const { _id } of insert) await within.deleteOne({ _id: _id as never })
      if (remove.length > 0) await within.insertMany(remove as never[])
    }
  }

  it(`[LOG-32] ${CHANGES} random changes to documents are named, or do no harm`, { timeout: 1_200_000 }, async () => {
    const whole = await said()
    expect(whole.faults).toEqual([])
    const random = randomFrom(82)
    const unnamed: string[] = []
    let named = 0
    for (let made = 0; made < CHANGES; ) {
      const name = pickerOf(random)(COLLECTIONS)
      const kind = pickerOf(random)(Object.keys(KINDS) as Kind[]) // its own keys
      const change = KINDS[kind](holderOf(name, worlds), random)
      if (!change) continue
      const answer = await saidAfter(name, change)
      if (!answer) continue
      made++
      if (answer.faults.length > 0 || JSON.stringify(answer.notes) !== JSON.stringify(whole.notes)) named++
      else if (!isHarmless(kind, name, change))
        unnamed.push(`${kind} ${name} ${change.field ?? ''} ${JSON.stringify(change).slice(0, 400)}`)
    }
    expect(unnamed).toEqual([])
    // Of eleven collections one is that of due steps, of which most changes do no harm.
    expect(named).toBeGreaterThan(CHANGES * 0.85)
  })
})
