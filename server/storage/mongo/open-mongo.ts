// Opens MongoDB: majority and journal for writes, majority for reads, indexes made before anybody is served. The wrapped
// keys rest in another database, if need be on another server, so that no backup holds both.
import mongoose, { type Connection } from 'mongoose'
import { storageUnavailable } from '#server/storage/failure.ts'
import type { Storage } from '#server/storage/ports.ts'
import { createMongoFileStore, createMongoKeyStore } from './bytes-stores.ts'
import {
  type BytesDocument,
  bytesSchema,
  type CommitDocument,
  commitSchema,
  type EntryDocument,
  entrySchema,
  type RecordDocument,
  recordSchema,
  type SnapshotDocument,
  snapshotSchema,
} from './documents.ts'
import { createMongoDraftStore } from './draft-store.ts'
import { translating } from './errors.ts'
import { createMongoLogStore } from './log-store.ts'
import { createMongoRecordStore } from './record-store.ts'

export interface MongoPlace {
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
    entries: data.model<EntryDocument>('DraftEntry', entrySchema, 'draft_entries'),
    snapshots: data.model<SnapshotDocument>('DraftSnapshot', snapshotSchema, 'draft_snapshots'),
    files: data.model<BytesDocument>('File', bytesSchema, 'files'),
    records: data.model<RecordDocument>('Record', recordSchema, 'records'),
    keys: keys.model<BytesDocument>('WrappedKey', bytesSchema, 'wrapped_keys'),
  }
  const close = async () => {
    await keys.close()
    await data.close()
  }
  try {
    // The unique indexes are what keeps two servers apart: no service without them.
    for (const model of [models.commits, models.entries, models.records]) await translating(() => model.createIndexes())
  } catch (error) {
    await close()
    throw error
  }
  return {
    log: createMongoLogStore(models.commits, schedule),
    drafts: createMongoDraftStore(models.entries, models.snapshots, schedule),
    files: createMongoFileStore(models.files),
    records: createMongoRecordStore(models.records),
    keys: createMongoKeyStore(models.keys),
    close,
  }
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
