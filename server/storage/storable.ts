// What any of the databases can keep and give back unchanged; everything else is refused before it reaches one.
// Text with NUL is cut by one of them, a lone surrogate replaced: two names would become one. An object where text
// belongs would be read as a query operator by the other.

import { isBroken } from '#shared/kernel/text/broken-text.ts'
import type { Commit, DocumentCopy, DraftEntry, DraftSnapshot, ProjectionDocument } from './ports.ts'

export class UnstorableError extends TypeError {}

/** Whether it passes; for batches, where one faulty item must not fail the others. */
export function isStorable<Item>(requireStorable: (item: Item) => void, item: Item): boolean {
  try {
    requireStorable(item)
    return true
  } catch (error) {
    if (error instanceof UnstorableError) return false
    throw error
  }
}

export function storableText(value: unknown): string {
  if (typeof value !== 'string') throw new UnstorableError(`text expected, not ${typeof value}`)
  if (isBroken(value)) throw new UnstorableError('text with NUL or half a surrogate pair')
  return value
}

export function storableInteger(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new UnstorableError('integer expected')
  return value
}

/** Numbers to look up: ascending, each once. */
export function storablePlaces(seqs: readonly unknown[]): readonly number[] {
  return [...new Set(seqs.map(storableInteger))].sort((a, b) => a - b)
}

export function storableBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new UnstorableError('bytes expected')
  return value
}

/** MongoDB takes documents of 16 MB at most, and says so of a whole batch at once. The largest command makes a thousandth of this. */
const MAX_COMMIT_BYTES = 8 * 1024 * 1024

/** Throws UnstorableError before anything is written, so that one faulty commit fails nobody else. */
export function requireStorableCommit(commit: Commit): void {
  if (commit.events.length === 0) throw new UnstorableError('a commit without events')
  for (const text of [commit.caseId, commit.by, commit.commandId]) storableText(text)
  storableInteger(commit.commitNumber)
  storableBytes(commit.commandMac)
  let size = 0
  for (const event of commit.events) {
    for (const text of [event.audience, event.type, event.by, event.seen]) size += storableText(text).length
    for (const number of [event.epoch, event.seq, event.version, event.at]) storableInteger(number)
    for (const bytes of [event.bodyDigest, event.previous, event.hash]) storableBytes(bytes)
    if (event.encryptedBody !== undefined) size += storableBytes(event.encryptedBody).length
  }
  if (size > MAX_COMMIT_BYTES) throw new UnstorableError('a commit of too many bytes')
}

export function requireStorableEntry(entry: DraftEntry): void {
  for (const text of [entry.caseId, entry.documentId, entry.kind, entry.by]) storableText(text)
  for (const number of [entry.revision, entry.at, entry.epoch]) storableInteger(number)
  storableBytes(entry.encrypted)
  for (const link of [entry.previous, entry.hash]) if (link !== undefined) storableBytes(link)
}

export function requireStorableSnapshot(snapshot: DraftSnapshot): void {
  for (const text of [snapshot.caseId, snapshot.documentId]) storableText(text)
  for (const number of [snapshot.revision, snapshot.epoch]) storableInteger(number)
  storableBytes(snapshot.encrypted)
}

export function requireStorableCopy(copy: DocumentCopy): void {
  for (const text of [copy.caseId, copy.documentId, copy.name]) storableText(text)
  storableInteger(copy.epoch)
  storableBytes(copy.encrypted)
}

/** JSON text of a value that is plain JSON. */
export function storableJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new UnstorableError('a value that JSON can say expected')
  return text
}

const RECORD_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/

/** Names of collections and keys are written in code, never taken from input; keeping them plain keeps joined names unambiguous. */
export function recordName(name: unknown): string {
  if (typeof name !== 'string' || !RECORD_NAME.test(name)) throw new UnstorableError('a plain name expected')
  return name
}

export function requireStorableProjection({ id, caseId, commitNumber, lookups }: ProjectionDocument): void {
  for (const text of [id, caseId]) storableText(text)
  storableInteger(commitNumber)
  for (const [name, { key, order }] of Object.entries(lookups)) {
    recordName(name)
    storableText(key)
    storableInteger(order)
  }
}

/** The end of a read that starts behind `after`, where numbers are dense; safe for any limit. */
export function endOfRead(after: number, limit: number): number {
  return Math.min(Math.max(after, 0) + Math.max(Math.trunc(limit), 0), Number.MAX_SAFE_INTEGER)
}
