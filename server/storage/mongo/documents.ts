// How the ports' types rest in MongoDB: schemas, indexes, and the ways there and back. A commit is one document with its
// events inside, so one insert stores it whole. Documents are built here from checked values only.
import type mongoose from 'mongoose'
import { Schema } from 'mongoose'
import type { Commit, DocumentCopy, DocumentPlace, DraftEntry, DraftEntryKind, DraftSnapshot, StoredEvent } from '#server/storage/ports.ts'
import { storableText } from '#server/storage/storable.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId, type DocumentId, type ParticipantId } from '#shared/kernel/ids.ts'

type StoredBytes = Uint8Array | mongoose.mongo.Binary

interface EventDocument {
  readonly audience: string
  readonly epoch: number
  readonly seq: number
  readonly type: string
  readonly version: number
  readonly by: string
  readonly at: number
  readonly seen: string
  /** Absent: a tombstone. */
  readonly encryptedBody?: StoredBytes
  readonly destroyedBytes?: number
  readonly bodyDigest: StoredBytes
  readonly previous: StoredBytes
  readonly hash: StoredBytes
}

export interface CommitDocument {
  readonly caseId: string
  readonly commitNumber: number
  readonly by: string
  readonly commandId: string
  readonly commandMac: StoredBytes
  readonly events: readonly EventDocument[]
}

export interface EntryDocument {
  readonly caseId: string
  readonly documentId: string
  readonly revision: number
  readonly kind: string
  readonly by: string
  readonly at: number
  readonly epoch: number
  readonly encrypted: StoredBytes
  /** Both absent: from before entries were chained. */
  readonly previous?: StoredBytes
  readonly hash?: StoredBytes
}

export interface SnapshotDocument {
  /** `snapshotKey` */
  readonly _id: string
  readonly caseId: string
  readonly documentId: string
  readonly revision: number
  readonly epoch: number
  readonly encrypted: StoredBytes
}

export interface CopyDocument {
  /** `copyKey` */
  readonly _id: string
  readonly caseId: string
  readonly documentId: string
  readonly name: string
  readonly epoch: number
  readonly encrypted: StoredBytes
}

export interface BytesDocument {
  readonly _id: string
  readonly bytes: StoredBytes
}

/** A piece of a file; or what its writing began with, which makes it a file once it is finished. See file-store.ts. */
export interface PieceDocument {
  readonly _id: string
  readonly bytes?: StoredBytes
  /** While it is not finished: when it was begun, or that it is going. */
  readonly at?: number
  readonly fileId?: string
  readonly pieces?: number
  readonly header?: StoredBytes
  readonly mac?: StoredBytes
}

export interface CheckpointDocument extends BytesDocument {
  readonly revision: number
}

export interface DueDocument {
  readonly _id: string
  readonly at: number
  readonly encrypted: StoredBytes
  readonly readyAt: number
  /** Leased, or resting after a failure; else absent. */
  readonly isHeld?: boolean
  readonly lease?: string
  readonly failures: number
}

export interface RecordDocument {
  readonly _id: string
  readonly collection: string
  readonly id: string
  readonly version: number
  /** JSON text: field names that MongoDB would read as operators or paths are only letters in it. */
  readonly value: string
  readonly unique?: readonly string[]
  readonly index?: readonly string[]
}

// A filter on a field that no schema names is a mistake, not an empty condition.
const STRICT = { strict: 'throw', strictQuery: 'throw', versionKey: false, autoIndex: false, autoCreate: false } as const

// No `required`: documents are complete by type, and mongoose would take empty text and empty bytes for missing.
const text = { type: String } as const
const number = { type: Number } as const
const bytes = { type: Buffer } as const

const eventSchema = new Schema(
  {
    ...{ audience: text, epoch: number, seq: number, type: text, version: number, by: text, at: number, seen: text },
    ...{ encryptedBody: bytes, destroyedBytes: number, bodyDigest: bytes, previous: bytes, hash: bytes },
  },
  { ...STRICT, _id: false },
)

export const commitSchema = new Schema(
  { caseId: text, commitNumber: number, by: text, commandId: text, commandMac: bytes, events: [eventSchema] },
  STRICT,
)
  .index({ caseId: 1, commitNumber: 1 }, { unique: true })
  .index({ caseId: 1, by: 1, commandId: 1 }, { unique: true })
  .index({ caseId: 1, 'events.audience': 1, 'events.seq': 1 }, { unique: true })

export const entrySchema = new Schema(
  {
    ...{ caseId: text, documentId: text, revision: number, kind: text, by: text, at: number, epoch: number },
    ...{ encrypted: bytes, previous: bytes, hash: bytes },
  },
  STRICT,
).index({ caseId: 1, documentId: 1, revision: 1 }, { unique: true })

export const snapshotSchema = new Schema(
  { _id: text, caseId: text, documentId: text, revision: number, epoch: number, encrypted: bytes },
  STRICT,
).index({ caseId: 1, documentId: 1, revision: 1 })

export const copySchema = new Schema(
  { _id: text, caseId: text, documentId: text, name: text, epoch: number, encrypted: bytes },
  STRICT,
).index({ caseId: 1, documentId: 1, name: 1 })

export const bytesSchema = new Schema({ _id: text, bytes }, STRICT)

export const pieceSchema = new Schema({ _id: text, bytes, at: number, fileId: text, pieces: number, header: bytes, mac: bytes }, STRICT)
  .index({ fileId: 1 }, { unique: true, sparse: true })
  .index({ at: 1 }, { sparse: true })

export const checkpointSchema = new Schema({ _id: text, revision: number, bytes }, STRICT)

export const dueSchema = new Schema(
  { _id: text, at: number, encrypted: bytes, readyAt: number, isHeld: { type: Boolean }, lease: text, failures: number },
  STRICT,
)
  .index({ readyAt: 1, _id: 1 })
  .index({ isHeld: 1, readyAt: 1 }, { sparse: true })
  .index({ lease: 1 }, { sparse: true })

export const recordSchema = new Schema(
  { _id: text, collection: text, id: text, version: number, value: text, unique: { type: [String] }, index: { type: [String] } },
  { ...STRICT, suppressReservedKeysWarning: true },
)
  .index({ collection: 1, id: 1 })
  // Sparse: records without unique keys have no such field, or all of them would share one entry.
  .index({ unique: 1 }, { unique: true, sparse: true })
  .index({ index: 1, id: 1 }, { sparse: true })

export function commitDocument(commit: Commit): CommitDocument {
  const { caseId, commitNumber, by, commandId, commandMac } = commit
  return { caseId, commitNumber, by, commandId, commandMac, events: commit.events.map(eventDocument) }
}

function eventDocument(event: StoredEvent): EventDocument {
  const { audience, epoch, seq, type, version, by, at, seen, encryptedBody, bodyDigest, previous, hash } = event
  const header = { audience, epoch, seq, type, version, by, at, seen, bodyDigest, previous, hash }
  const destroyed = event.destroyedBytes === undefined ? {} : { destroyedBytes: event.destroyedBytes }
  return encryptedBody === undefined ? { ...header, ...destroyed } : { ...header, encryptedBody }
}

export function commitOf(document: CommitDocument): Commit {
  return {
    caseId: asId<CaseId>(document.caseId),
    commitNumber: document.commitNumber,
    by: byOf(document.by),
    commandId: asId<CommandId>(document.commandId),
    commandMac: bytesOf(document.commandMac),
    events: document.events.map(eventOf),
  }
}

export function eventOf(document: EventDocument): StoredEvent {
  return {
    // Written from an Audience by this file alone.
    audience: document.audience as Audience,
    epoch: document.epoch,
    seq: document.seq,
    type: document.type,
    version: document.version,
    by: byOf(document.by),
    at: document.at,
    seen: document.seen,
    encryptedBody: document.encryptedBody ? bytesOf(document.encryptedBody) : undefined,
    bodyDigest: bytesOf(document.bodyDigest),
    previous: bytesOf(document.previous),
    hash: bytesOf(document.hash),
    ...(document.destroyedBytes === undefined ? {} : { destroyedBytes: document.destroyedBytes }),
  }
}

export function entryDocument(entry: DraftEntry): EntryDocument {
  const { caseId, documentId, revision, kind, by, at, epoch, encrypted, previous, hash } = entry
  const header = { caseId, documentId, revision, kind, by, at, epoch, encrypted }
  return { ...header, ...(previous && { previous }), ...(hash && { hash }) }
}

export function entryOf(document: EntryDocument): DraftEntry {
  return {
    caseId: asId<CaseId>(document.caseId),
    documentId: asId<DocumentId>(document.documentId),
    revision: document.revision,
    // Written from a DraftEntryKind by this file alone.
    kind: document.kind as DraftEntryKind,
    by: byOf(document.by),
    at: document.at,
    epoch: document.epoch,
    encrypted: bytesOf(document.encrypted),
    previous: document.previous && bytesOf(document.previous),
    hash: document.hash && bytesOf(document.hash),
  }
}

/** The one snapshot of a document. As JSON: no two pairs of ids are written alike. */
export function snapshotKey({ caseId, documentId }: DocumentPlace): string {
  return JSON.stringify([caseId, documentId])
}

export function copyKey({ caseId, documentId }: DocumentPlace, name: string): string {
  return JSON.stringify([caseId, documentId, name])
}

export function copyOf({ caseId, documentId, name, epoch, encrypted }: CopyDocument): DocumentCopy {
  return { caseId: asId<CaseId>(caseId), documentId: asId<DocumentId>(documentId), name, epoch, encrypted: bytesOf(encrypted) }
}

export function snapshotOf({ caseId, documentId, revision, epoch, encrypted }: SnapshotDocument): DraftSnapshot {
  return { caseId: asId<CaseId>(caseId), documentId: asId<DocumentId>(documentId), revision, epoch, encrypted: bytesOf(encrypted) }
}

/** A plain copy: what the driver hands out is a view of its receive buffer, which would be kept alive whole. */
export function bytesOf(stored: StoredBytes): Uint8Array {
  return new Uint8Array(stored instanceof Uint8Array ? stored : stored.value())
}

function byOf(text: string): By {
  return asId<ParticipantId>(text)
}

export function documentFilter({ caseId, documentId }: DocumentPlace): { readonly caseId: string; readonly documentId: string } {
  return { caseId: storableText(caseId), documentId: storableText(documentId) }
}
