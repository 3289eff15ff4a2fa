// Opens MongoDB: majority and journal for writes, majority for reads, indexes made before anybody is served. The wrapped
// keys rest in another database, if need be on another server, so that no backup holds both.
import { randomBytes } from 'node:crypto'
import mongoose, { type Connection, type Model } from 'mongoose'
import { storageUnavailable, unusableStorage } from '#server/storage/failure.ts'
import type { RecordStore, Storage } from '#server/storage/ports.ts'
import { createMongoCheckpointStore } from './checkpoint-store.ts'
import {
  type BytesDocument,
  bytesSchema,
  type CheckpointDocument,
  type CommitDocument,
  type CopyDocument,
  checkpointSchema,
  commitSchema,
  copySchema,
  type DueDocument,
  dueSchema,
  type EntryDocument,
  entrySchema,
  type PieceDocument,
  pieceSchema,
  type RecordDocument,
  recordSchema,
  type SnapshotDocument,
  snapshotSchema,
} from './documents.ts'
import { createMongoDraftStore } from './draft-store.ts'
import { createMongoDueStore } from './due-store.ts'
import { isDuplicateKey, translating } from './errors.ts'
import { createMongoFileStore } from './file-store.ts'
import { createMongoInspection } from './inspection.ts'
import { createMongoKeyStore } from './key-store.ts'
import { createMongoLogStore } from './log-store.ts'
import { dropOldDrafts, moveDrafts } from './move-drafts.ts'
import { createMongoProjectionStore } from './projection-store.ts'
import { createMongoRecordStore } from './record-store.ts'
import { renameFields } from './rename-fields.ts'

interface MongoPlace {
  /** With the database's name in its path. */
  readonly uri: string
  /** By default the database `<name>-keys` on the same server. */
  readonly keysUri?: string
  /** Milliseconds to wait for a server that is not there before giving up; 5,000 by default. */
  readonly patience?: number
  /** When what was appended is sent; by default at the end of the turn of the event loop. */
  readonly schedule?: (run: () => void) => void
}

export async function openMongo(place: MongoPlace): Promise<Storage> {
  const serverSelectionTimeoutMS = place.patience ?? 5_000
  const schedule = place.schedule ?? ((run) => void setImmediate(run))
  const data = await connect(place.uri, { serverSelectionTimeoutMS })
  const keysAt = place.keysUri === undefined ? { uri: place.uri, dbName: `${data.name}-keys` } : { uri: place.keysUri }
  const keys = await connect(keysAt.uri, { serverSelectionTimeoutMS, ...('dbName' in keysAt ? { dbName: keysAt.dbName } : {}) }).catch(
    async (error: unknown) => {
      await data.close()
      throw error
    },
  )
  const models = {
    commits: data.model<CommitDocument>('Commit', commitSchema, 'log_commits'),
    entries: data.model<EntryDocument>('DocumentEntry', entrySchema, 'document_entries'),
    snapshots: data.model<SnapshotDocument>('DocumentSnapshot', snapshotSchema, 'document_snapshots'),
    archive: data.model<CopyDocument>('DocumentCopy', copySchema, 'document_archive'),
    files: data.model<BytesDocument>('File', bytesSchema, 'files'),
    pieces: data.model<PieceDocument>('FilePiece', pieceSchema, 'file_pieces'),
    records: data.model<RecordDocument>('Record', recordSchema, 'records'),
    due: data.model<DueDocument>('DueStep', dueSchema, 'due_steps'),
    keys: keys.model<BytesDocument>('WrappedKey', bytesSchema, 'wrapped_keys'),
    checkpoints: keys.model<CheckpointDocument>('Checkpoint', checkpointSchema, 'checkpoints'),
    probes: data.model<BytesDocument>('Probe', bytesSchema, 'probes'),
  }
  const close = async () => {
    await keys.close()
    await data.close()
  }
  try {
    const records = createMongoRecordStore(models.records)
    const format = await demandFormat(records)
    // First: new indexes would find the old names missing.
    if (format < CHAINED) await translating(() => renameFields(data))
    // The unique indexes are what keeps two servers apart: no service without them.
    for (const model of [models.commits, models.entries, models.snapshots, models.archive, models.pieces, models.records, models.due]) {
      await translating(() => model.createIndexes())
    }
    if (format < CHAINED) await translating(() => moveDrafts(data, models))
    await raiseFormat(records)
    await translating(() => dropOldDrafts(data))
  } catch (error) {
    await close()
    throw error
  }
  return {
    log: createMongoLogStore(models.commits, schedule),
    drafts: createMongoDraftStore(models, schedule),
    files: createMongoFileStore(models),
    records: createMongoRecordStore(models.records),
    projections: createMongoProjectionStore(data),
    keys: createMongoKeyStore(models.keys),
    due: createMongoDueStore(models.due),
    checkpoints: createMongoCheckpointStore(models.checkpoints),
    inspection: createMongoInspection(data, models),
    probe: createProbe(models.probes),
    close,
  }
}

/** Raised with each change of what is stored; data without a number is of the first. As the steps of sqlite/schema.ts. */
export const FORMAT = 5

/** Since then fields have their names of today, and documents their chains. */
const CHAINED = 3

/** Before anything is written: an older release must not touch what a newer one has stored. Answers the format of what is there. */
async function demandFormat(records: RecordStore): Promise<number> {
  const stored = await records.get<{ format: number }>('installation', 'format')
  const format = stored?.value.format ?? 1
  if (format > FORMAT) {
    throw unusableStorage(`the data in MongoDB has version ${format}, this release knows ${FORMAT}: start the newer release`)
  }
  return format
}

/** Once everything is of this format: a start that is killed before finds the old number and does the rest. */
async function raiseFormat(records: RecordStore): Promise<void> {
  const stored = await records.get<{ format: number }>('installation', 'format')
  if (!stored) await records.insert('installation', 'format', { format: FORMAT })
  else if (stored.value.format < FORMAT) await records.replace('installation', 'format', stored.version, { format: FORMAT })
}

function createProbe(probes: Model<BytesDocument>): () => Promise<void> {
  return () =>
    translating(async () => {
      try {
        await probes.updateOne({ _id: 'probe' }, { $set: { bytes: Buffer.from(randomBytes(8)) } }, { upsert: true })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error // two servers made the first at once: it was written
      }
    })
}

async function connect(uri: string, options: { readonly serverSelectionTimeoutMS: number; readonly dbName?: string }): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    ...options,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    promoteBuffers: true,
    sanitizeFilter: true,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 20,
  })
  try {
    return await connection.asPromise()
  } catch (cause) {
    await connection.destroy()
    throw storageUnavailable(cause)
  }
}
