// What the platform asks of a database, in the platform's own terms. Two implementations stand beside this file, each passing the same contract suites.

import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, CommandId, DocumentId, FileId } from '#shared/kernel/ids.ts'

/** An event as it rests: its header in clear, its body encrypted under its audience's key (or gone: `undefined`, a tombstone). */
export interface StoredEvent {
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly type: string
  readonly version: number
  readonly by: By
  /** Milliseconds since 1970, server clock as read. */
  readonly at: number
  /** `epoch:seq:hash` of the audience as the author's client knew it, or '' */
  readonly seen: string
  /** Salt and body together, encrypted; destroyed together. */
  readonly encryptedBody: Uint8Array | undefined
  /** About how long a destroyed body was: what its author has written stays counted. */
  readonly destroyedBytes?: number
  /** SHA-256, 32 bytes each. */
  readonly bodyDigest: Uint8Array
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

/** One command's events: stored whole or not at all. */
export interface Commit {
  readonly caseId: CaseId
  /** Counts commits of this case from 1. Never sent to anyone, in no hash. */
  readonly commitNumber: number
  readonly by: By
  readonly commandId: CommandId
  /** MAC of the command's content; tells a retry from another command under a used id. */
  readonly commandMac: Uint8Array
  readonly events: readonly StoredEvent[]
}

export type AppendAnswer =
  | 'stored'
  /** `commitNumber` belongs to another commit already. */
  | 'taken'
  /** This `by` has used this `commandId` in this case. */
  | 'duplicate'
  /** Not stored because an earlier commit of the same case in this batch was not. */
  | 'blocked'
  /** Nothing was written, and never will be: this commit itself is what no database here takes. Trying again is vain. */
  | 'unstorable'
  /** The storage cannot say (a lost connection): read back before answering anybody. */
  | 'unknown'
  /** Nothing was written: disk full, read-only. */
  | 'unavailable'

/** Where one event stands. */
export interface BodyPlace {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly epoch: number
  /** Its number in its audience. */
  readonly seq: number
}

export interface BodyToDestroy extends BodyPlace {
  /** What takes the place of the commit's MAC: with it a short text could be guessed. */
  readonly replacementMac: (commit: Commit) => Uint8Array
}

export interface LogStore {
  /**
   * Stores many commits in one durable write where it can; one answer for each, in order.
   * A case's commits are given in ascending commitNumber and are stored as a prefix; no case fails another's.
   * When the promise resolves, what is `stored` survives `kill -9`.
   */
  append(commits: readonly Commit[]): Promise<readonly AppendAnswer[]>
  /** Commits with commitNumber > after, ascending, at most `limit`. */
  readCase(caseId: CaseId, after: number, limit: number): Promise<readonly Commit[]>
  /** Events of one audience with seq > after, ascending by seq, at most `limit`. */
  readAudience(caseId: CaseId, audience: Audience, after: number, limit: number): Promise<readonly StoredEvent[]>
  /** Events of one audience by their numbers, ascending; what is not there is passed over. For some hundred at once, not for thousands. */
  readPlaces(caseId: CaseId, audience: Audience, seqs: readonly number[]): Promise<readonly StoredEvent[]>
  findCommand(caseId: CaseId, by: By, commandId: CommandId): Promise<Commit | undefined>
  /**
   * Body and salt of these events are gone for good when it resolves, from every file that the storage has of its own; header, digest and
   * hash stay. Doing it again is harmless, and finishes what was killed half done. What is not there is passed over.
   */
  destroyBodies(bodies: readonly BodyToDestroy[]): Promise<void>
  /** The highest commitNumber of the case, 0 when there is none. */
  headOf(caseId: CaseId): Promise<number>
  caseIds(): Promise<readonly CaseId[]>
}

/** A document of a case: what its entries and snapshots are kept by. */
export interface DocumentPlace {
  readonly caseId: CaseId
  readonly documentId: DocumentId
}

export type DraftEntryKind = 'update' | 'claim' | 'close' | 'reopen' | 'save'

/** One entry in a document's dense sequence. */
export interface DraftEntry extends DocumentPlace {
  readonly revision: number
  readonly kind: DraftEntryKind
  readonly by: By
  readonly at: number
  /** Of the installation when it was written; 0 in entries from before a case had several documents. */
  readonly epoch: number
  /** By the caller. */
  readonly encrypted: Uint8Array
  /** Hash of the entry before it, and its own, 32 bytes each; undefined in entries from before they were chained. */
  readonly previous: Uint8Array | undefined
  readonly hash: Uint8Array | undefined
}

/** The state of a document up to and with `revision` as one encrypted blob. */
export interface DraftSnapshot extends DocumentPlace {
  readonly revision: number
  /** As an entry's. */
  readonly epoch: number
  readonly encrypted: Uint8Array
}

/** A copy of a document as it stood once, kept beside its sequence under a name. */
export interface DocumentCopy extends DocumentPlace {
  readonly name: string
  /** As an entry's. */
  readonly epoch: number
  readonly encrypted: Uint8Array
}

export type DraftAppendAnswer = 'stored' | 'taken' | 'blocked' | 'unstorable' | 'unknown' | 'unavailable'

export interface DraftStore {
  /** As LogStore.append: many in one durable write, ascending revision per document, stored as a prefix, one answer each. */
  append(entries: readonly DraftEntry[]): Promise<readonly DraftAppendAnswer[]>
  /** Entries with revision > after, ascending, at most `limit`. Entries that are no updates are kept for good. */
  read(place: DocumentPlace, after: number, limit: number): Promise<readonly DraftEntry[]>
  /** All kept entries that are not updates, ascending. */
  readMarks(place: DocumentPlace): Promise<readonly DraftEntry[]>
  headOf(place: DocumentPlace): Promise<number>
  snapshot(place: DocumentPlace): Promise<DraftSnapshot | undefined>
  /** Replaces the snapshot (only by one with a higher revision) and removes the updates it covers, in that order. */
  compact(snapshot: DraftSnapshot): Promise<void>
  /** Of copies of one document under one name the first stays. */
  archive(copy: DocumentCopy): Promise<void>
  /** The names of a document's copies, ascending. */
  archived(place: DocumentPlace): Promise<readonly string[]>
  archivedCopy(place: DocumentPlace, name: string): Promise<DocumentCopy | undefined>
  /** What is not there is passed over. */
  removeArchived(place: DocumentPlace, names: readonly string[]): Promise<void>
  /** The documents of a case in which anything is stored, ascending. */
  documentsOf(caseId: CaseId): Promise<readonly DocumentId[]>
}

/** What stands beside the pieces of a finished file. By the caller. */
export interface FileEnd {
  /** What is needed to open the pieces; encrypted. */
  readonly header: Uint8Array
  /** Keyed digest of the clear bytes: equal for whatever is written under one id with the same bytes, however it was encrypted. */
  readonly mac: Uint8Array
}

/** A file that is being written. Nobody can read any of it until it is finished. */
export interface FileWriting {
  /** The next piece, encrypted; once it resolves the next may come. */
  append(piece: Uint8Array): Promise<void>
  /**
   * Durable when resolved, and readable from then on. Harmless to repeat, and when a file of the same mac stands under this id. Throws
   * `conflict` when there is another, or one of the older form, or the writing was taken for abandoned meanwhile.
   */
  finish(end: FileEnd): Promise<void>
  /** Its pieces go. Harmless after `finish`. */
  abandon(): Promise<void>
}

export interface FileInPieces extends FileEnd {
  readonly form: 'pieces'
  readonly count: number
  /** From this one on, each read only when it is asked for. Throws at one that is missing. */
  pieces(from?: number): AsyncIterable<Uint8Array>
}

/** As files rested before there were pieces: one ciphertext of a few MB. Read for good, never written. */
export interface WholeFile {
  readonly form: 'whole'
  readonly bytes: Uint8Array
}

/** Files by random id, in pieces: agreements, signatures, bundles. Never whole in memory. */
export interface FileStore {
  /** `at`: when it was begun, in milliseconds since 1970. Nothing is stored before a few pieces have come. */
  write(id: FileId, at: number): FileWriting
  read(id: FileId): Promise<FileInPieces | WholeFile | undefined>
  has(id: FileId): Promise<boolean>
  /** Gone for good; deleting what is not there is harmless. */
  delete(id: FileId): Promise<void>
  /** Removes what was begun before this time and not finished, and what a killed server has not removed to the end. */
  removeAbandoned(before: number): Promise<void>
}

/** Audience keys, wrapped by the master key. Lives apart from the data and its backups. */
export interface KeyStore {
  /** Keeps the first: answers the wrapped key that is now stored under this name. */
  putIfAbsent(name: string, wrapped: Uint8Array): Promise<Uint8Array>
  get(name: string): Promise<Uint8Array | undefined>
  destroy(name: string): Promise<void>
  /** Names and wrapped keys, for re-wrapping under another master key. */
  names(): Promise<readonly string[]>
}

export interface StoredRecord<T> {
  readonly id: string
  readonly version: number
  readonly value: T
}

/** Indexed look-ups of a record: name to value. Unique keys are a field apart. */
export type RecordKeys = Readonly<Record<string, string>>

/** Documents by id: accounts, invitations, sessions. `value` is plain JSON. */
export interface RecordStore {
  /** Refused (`taken`) when the id or a unique key exists in this collection. */
  insert<T>(collection: string, id: string, value: T, keys?: { unique?: RecordKeys; index?: RecordKeys }): Promise<'stored' | 'taken'>
  get<T>(collection: string, id: string): Promise<StoredRecord<T> | undefined>
  findUnique<T>(collection: string, key: string, value: string): Promise<StoredRecord<T> | undefined>
  find<T>(collection: string, key: string, value: string, limit?: number): Promise<readonly StoredRecord<T>[]>
  all<T>(collection: string, limit?: number): Promise<readonly StoredRecord<T>[]>
  /** Replaces value and keys only if the stored version is `version` (optimistic); answers whether it did. */
  replace<T>(
    collection: string,
    id: string,
    version: number,
    value: T,
    keys?: { unique?: RecordKeys; index?: RecordKeys },
  ): Promise<'stored' | 'stale' | 'taken'>
  /** With a version: only the record that was read; what has been replaced since stays. */
  remove(collection: string, id: string, version?: number): Promise<void>
}

/** A step that is due at a time, as it rests: which kind of step it is, and about whom, stands in `encrypted`. */
export interface DueStep {
  readonly id: string
  /** Milliseconds since 1970, by the steady clock of the server that has scheduled it. */
  readonly at: number
  readonly encrypted: Uint8Array
}

/** Somebody is at it. `lease` names who, and this one time. */
export interface LeasedStep extends DueStep {
  readonly lease: string
  /** How often it has been given back because it failed. */
  readonly failures: number
}

/** Steps by their times. Whatever is leased and not finished comes again when the lease is over: each is done at least once. */
export interface DueStore {
  /** In place of what stood under this id; a lease of that is void. */
  schedule(step: DueStep): Promise<void>
  /** What is not there is passed over. */
  cancel(id: string): Promise<void>
  /** Leases what is ready at `now`, the earliest first, at most `limit`, until `until`. `lease` is a new name at each call. */
  lease(terms: {
    readonly now: number
    readonly until: number
    readonly lease: string
    readonly limit: number
  }): Promise<readonly LeasedStep[]>
  /** It is done and gone; or `next` takes its place. Answers false, and changes nothing, when the lease is void. */
  finish(step: Pick<LeasedStep, 'id' | 'lease'>, next?: DueStep): Promise<boolean>
  /** It comes again at `readyAt`. As `finish` when the lease is void. */
  giveBack(step: Pick<LeasedStep, 'id' | 'lease' | 'failures'>, readyAt: number): Promise<boolean>
  /** When the earliest is ready or its lease over; undefined when there is none. */
  nextAt(): Promise<number | undefined>
}

/** What a document of a projection is found by, and where it stands among those of the same key. */
export interface ProjectionLookup {
  readonly key: string
  readonly order: number
}

/** A document of a derived table, as it follows from the log of one case up to a commit. */
export interface ProjectionDocument<T = unknown> {
  readonly id: string
  readonly caseId: CaseId
  readonly commitNumber: number
  /** Plain JSON. Undefined: nothing follows any more; what is left keeps an older document from coming back. */
  readonly value: T | undefined
  /** By the lookup's name. */
  readonly lookups: Readonly<Record<string, ProjectionLookup>>
}

/** The commit up to which all that follows from a case stands in a projection. */
export interface ProjectionPosition {
  readonly caseId: CaseId
  readonly commitNumber: number
}

/** How far a projection has come in a case since it stood at `from`. */
export interface ProjectionProgress extends ProjectionPosition {
  /** Nothing between the two is missing here; 0 when all that follows from the case was compared. */
  readonly from: number
}

export interface ProjectionQuery {
  readonly lookup: string
  readonly key: string
  readonly direction: 'ascending' | 'descending'
  /** Behind this one; documents of one order follow each other by id. */
  readonly after?: { readonly order: number; readonly id: string }
  readonly limit: number
}

/** Tables that are derived from the log, and can be dropped and made anew from it at any time. */
export interface ProjectionStore {
  /** Each only if what stands under its id is of an earlier commit: several servers may write one, late or twice. */
  put(table: string, documents: readonly ProjectionDocument[]): Promise<void>
  /** Of those that have a value; as many steps as documents are answered, however many there are. */
  find<T>(table: string, query: ProjectionQuery): Promise<readonly ProjectionDocument<T>[]>
  /** All of a case, those without a value too. */
  ofCase(table: string, caseId: CaseId): Promise<readonly ProjectionDocument[]>
  /** Raises each position that stands at `from` or behind it; answers whether it has now come so far. None is ever lowered. */
  raise(table: string, progress: readonly ProjectionProgress[]): Promise<readonly boolean[]>
  /** By case ascending, behind `after`, at most `limit`. */
  positions(table: string, after: string, limit: number): Promise<readonly ProjectionPosition[]>
  tables(): Promise<readonly string[]>
  /** Its documents, and all positions in it. */
  drop(table: string): Promise<void>
}

/** What must not be older than it says, as of a moment: kept beside the keys, where nobody who changes the data can put an older one. */
export interface CheckpointEntry {
  readonly name: string
  /** 0 for one that is not there yet; each write raises it by one. */
  readonly revision: number
  readonly bytes: Uint8Array
}

export interface CheckpointStore {
  get(name: string): Promise<CheckpointEntry | undefined>
  /** By name ascending, behind `after`, at most `limit`. */
  read(after: string, limit: number): Promise<readonly CheckpointEntry[]>
  /** Each is written only if `revision` is the stored one, and then has the next; answers for each whether it was. */
  write(entries: readonly CheckpointEntry[]): Promise<readonly boolean[]>
  remove(names: readonly string[]): Promise<void>
}

/** A record with its place and the keys it is found by, as they rest. */
export interface RestingRecord extends StoredRecord<unknown> {
  readonly collection: string
  readonly unique: RecordKeys
  readonly index: RecordKeys
}

/** Everything as it rests: what the way from one release to the next and the check of a whole installation look at, and nobody else. */
export interface StorageInspection {
  /** All records by collection and id, behind `after`, at most `limit`. */
  records(after: { readonly collection: string; readonly id: string } | undefined, limit: number): Promise<readonly RestingRecord[]>
  /** As `RecordStore.replace`, leaving the keys as they are; answers whether it did. */
  rewriteRecord(record: Pick<RestingRecord, 'collection' | 'id' | 'version'>, value: unknown): Promise<boolean>
  fileIds(): Promise<readonly FileId[]>
  documents(): Promise<readonly DocumentPlace[]>
  /** By id, behind `after`, at most `limit`. */
  dueSteps(after: string, limit: number): Promise<readonly DueStep[]>
  /** What hangs in the air, in words: keys of no record, events of no case, entries of no document. */
  strays(): Promise<readonly string[]>
}

export interface Storage {
  readonly log: LogStore
  readonly drafts: DraftStore
  readonly files: FileStore
  readonly keys: KeyStore
  readonly records: RecordStore
  readonly projections: ProjectionStore
  readonly due: DueStore
  readonly checkpoints: CheckpointStore
  readonly inspection: StorageInspection
  /** Writes something small as durably as a commit, and takes it back. Throws when the storage takes no writes. */
  probe(): Promise<void>
  close(): Promise<void>
}
