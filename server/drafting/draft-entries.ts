// What stands in the entries of a document's sequence, and in its snapshots, in clear.
import type { DocumentPlace, DraftEntryKind } from '#server/storage/ports.ts'
import { ByteCursor, block, varUint, varUints } from '#shared/drafting/byte-cursor.ts'
import type { By } from '#shared/kernel/actor.ts'
import { concat, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { type ChainState, DIGEST_BYTES } from './document-chain.ts'
import { decodeWriters, encodeWriters, NO_WRITERS, type Writers } from './writers.ts'

/** An entry in clear. */
export interface PlainEntry {
  readonly revision: number
  readonly kind: DraftEntryKind
  readonly by: By
  readonly plain: Uint8Array
}

/** Documents of one case and of many, told apart in memory. */
export function keyOfPlace({ caseId, documentId }: DocumentPlace): string {
  return `${caseId}|${documentId}`
}

export function encodeClaim(ids: readonly number[]): Uint8Array {
  return concat(...ids.map(varUint))
}

export function decodeClaim(plain: Uint8Array): readonly number[] {
  const cursor = new ByteCursor(plain)
  const ids: number[] = []
  while (cursor.left > 0) ids.push(cursor.varUint())
  return ids
}

export function encodeClose(versionId: VersionId): Uint8Array {
  return utf8(versionId)
}

export function decodeClose(plain: Uint8Array): VersionId {
  return fromUtf8(plain) as VersionId // written by encodeClose alone, and authenticated
}

/**
 * `cancelled`: nothing was frozen, what people wrote meanwhile still fits. `reopened`: a frozen text lies between. `begun-anew`: the
 * document could not be shown by any editor; another one, with the words that could be read in it, follows as a snapshot. `converted`: it
 * was of the form before flat blocks; the same words follow in a snapshot, and what was closed stays closed. `restored`: somebody has
 * asked to begin it anew from a saved state, which follows in a snapshot.
 */
export type ReopenKind = (typeof REOPEN_KINDS)[number]
const REOPEN_KINDS = ['cancelled', 'reopened', 'begun-anew', 'converted', 'restored'] as const

/** Copies of the document from before such a mark are void. */
export function isAnotherDocument(kind: ReopenKind): boolean {
  return kind === 'begun-anew' || kind === 'converted' || kind === 'restored'
}

export function encodeReopen(kind: ReopenKind): Uint8Array {
  return Uint8Array.of(REOPEN_KINDS.indexOf(kind))
}

export function decodeReopen(plain: Uint8Array): ReopenKind {
  return REOPEN_KINDS[plain[0] ?? 0] ?? 'reopened'
}

/** Which restoration it belongs to, and from which saved state the other document is made. */
export interface BegunFrom {
  readonly restoration: string
  readonly name: string
}

export function encodeRestored({ restoration, name }: BegunFrom): Uint8Array {
  return concat(encodeReopen('restored'), block(utf8(restoration)), utf8(name))
}

/** Of a reopening of that kind alone. */
export function decodeRestored(plain: Uint8Array): BegunFrom {
  const cursor = new ByteCursor(plain.subarray(1))
  return { restoration: fromUtf8(cursor.block()), name: fromUtf8(cursor.rest()) }
}

export interface PlainSnapshot {
  readonly revision: number
  /** Number of the last update that it holds. */
  readonly textRevision: number
  /** Number of the entry at which the document was begun anew; 0: it never was. Older copies of it on devices are void. */
  readonly anewAt: number
  /** At its `revision`; undefined in one from before entries were chained. */
  readonly chain: ChainState | undefined
  /** Who has written since the last saved state, and after which text. */
  readonly writers: Writers
  /** Encoded (structure-codec.ts); undefined in one that was made before edits were judged. */
  readonly structure: Uint8Array | undefined
  /** Yjs V2. */
  readonly update: Uint8Array
}

export type NewSnapshot = PlainSnapshot & { readonly chain: ChainState; readonly structure: Uint8Array }

/** Snapshots of the first form began with `textRevision`, which is never 0. */
const FORM_MARK = 0
const UNCHAINED = 2
const CHAINED = 3

export function encodeSnapshot({ textRevision, anewAt, chain, writers, structure, update }: NewSnapshot): Uint8Array {
  const numbers = varUints([FORM_MARK, CHAINED, textRevision, anewAt, chain.from])
  return concat(numbers, chain.hash, chain.marks, block(encodeWriters(writers)), block(structure), update)
}

/** Throws on a form that a newer release wrote. */
export function decodeSnapshot(revision: number, plain: Uint8Array): PlainSnapshot {
  const cursor = new ByteCursor(plain)
  const first = cursor.varUint()
  if (first !== FORM_MARK) {
    cursor.block() // its state vector: the structure says it too
    return { revision, textRevision: first, anewAt: 0, chain: undefined, writers: NO_WRITERS, structure: undefined, update: cursor.rest() }
  }
  const form = cursor.varUint()
  if (form !== UNCHAINED && form !== CHAINED) throw new Error('a snapshot of a newer release')
  const [textRevision, anewAt] = [cursor.varUint(), cursor.varUint()]
  const chain = form === CHAINED ? { from: cursor.varUint(), hash: cursor.take(DIGEST_BYTES), marks: cursor.take(DIGEST_BYTES) } : undefined
  const writers = form === CHAINED ? decodeWriters(cursor.block()) : NO_WRITERS
  return { revision, textRevision, anewAt, chain, writers, structure: cursor.block(), update: cursor.rest() }
}
