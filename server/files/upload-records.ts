// What is kept of an upload while it is under way: how far it has come, and where its parts rest. Each change is made to the record as it was
// read, so that of two requests for one upload, on whatever servers, one goes on and the other learns that it was overtaken.
import type { RecordStore } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { CaseId, FileId, ParticipantId } from '#shared/kernel/ids.ts'

export interface UploadPart {
  readonly fileId: FileId
  readonly length: number
}

type UploadState =
  | { readonly kind: 'sending' }
  /** `facts`: what the event will say, encrypted under the audience's key. */
  | { readonly kind: 'ready'; readonly facts: string }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** It is being removed. */
  | { readonly kind: 'dropped' }

export interface UploadRecord {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly by: ParticipantId
  readonly fileId: FileId
  /** Bytes of all of it. */
  readonly length: number
  /** Name and evidence, encrypted under the audience's key. */
  readonly told: string
  readonly parts: readonly UploadPart[]
  /** The id of a part that is being written, or was replaced: nothing of it stays where its server was killed. */
  readonly writing: FileId | undefined
  readonly state: UploadState
  /** Of the last change, by the steady clock. */
  readonly at: number
}

export interface StoredUpload {
  readonly version: number
  readonly upload: UploadRecord
}

const COLLECTION = 'uploads'

export interface UploadRecords {
  insert(upload: UploadRecord): Promise<void>
  get(fileId: FileId): Promise<StoredUpload | undefined>
  /** Undefined when somebody else was first. */
  replace(stored: StoredUpload, change: Partial<UploadRecord>): Promise<StoredUpload | undefined>
  remove(fileId: FileId): Promise<void>
}

export function makeUploadRecords(records: Pick<RecordStore, 'insert' | 'get' | 'replace' | 'remove'>): UploadRecords {
  return {
    async insert(upload) {
      await records.insert(COLLECTION, upload.fileId, upload)
    },
    async get(fileId) {
      const stored = await records.get<UploadRecord>(COLLECTION, fileId)
      return stored && { version: stored.version, upload: stored.value }
    },
    async replace({ version, upload }, change) {
      const next = { ...upload, ...change }
      const answer = await records.replace(COLLECTION, upload.fileId, version, next)
      return answer === 'stored' ? { version: version + 1, upload: next } : undefined
    },
    remove: (fileId) => records.remove(COLLECTION, fileId),
  }
}

export function offsetOf({ parts }: Pick<UploadRecord, 'parts'>): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}
