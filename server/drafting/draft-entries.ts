// How the entries of a draft's sequence, and its snapshots, rest: encrypted under the joint session's key, bound to their place.

import type { DraftEntryKind } from '#server/storage/ports.ts'
import { ByteCursor, block, varUint, varUints } from '#shared/drafting/byte-cursor.ts'
import type { By } from '#shared/kernel/actor.ts'
import { concat, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'

/** Encryption under one case's key for the audience `all`; `context` is bound as associated data. */
export interface DraftSealer {
  seal(context: string, plain: Uint8Array): Uint8Array
  open(context: string, sealed: Uint8Array): Uint8Array
}
export type DraftSealers = (caseId: CaseId) => Promise<DraftSealer>

/** An entry in clear. */
export interface PlainEntry {
  readonly u: number
  readonly kind: DraftEntryKind
  readonly by: By
  readonly plain: Uint8Array
}

export function entryContext(caseId: CaseId, { u, kind, by }: Pick<PlainEntry, 'u' | 'kind' | 'by'>): string {
  return `draft|${caseId}|${u}|${kind}|${by}`
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
 * document could not be shown by any editor; another one, with the words that could be read in it, follows as a snapshot.
 */
export type ReopenKind = (typeof REOPEN_KINDS)[number]
const REOPEN_KINDS = ['cancelled', 'reopened', 'begun-anew'] as const

export function encodeReopen(kind: ReopenKind): Uint8Array {
  return Uint8Array.of(REOPEN_KINDS.indexOf(kind))
}

export function decodeReopen(plain: Uint8Array): ReopenKind {
  return REOPEN_KINDS[plain[0] ?? 0] ?? 'reopened'
}

export interface PlainSnapshot {
  readonly u: number
  /** Number of the last update that it holds. */
  readonly textU: number
  /** Number of the entry at which the document was begun anew; 0: it never was. Older copies of it on devices are void. */
  readonly anewAt: number
  /** Encoded (structure-codec.ts); undefined in one that was made before edits were judged. */
  readonly structure: Uint8Array | undefined
  /** Yjs V2. */
  readonly update: Uint8Array
}

export function snapshotContext(caseId: CaseId, u: number): string {
  return `draft-snapshot|${caseId}|${u}`
}

/** Snapshots of the first form began with `textU`, which is never 0. */
const FORM = [0, 2] as const

export function encodeSnapshot({ textU, anewAt, structure, update }: PlainSnapshot & { readonly structure: Uint8Array }): Uint8Array {
  return concat(varUints([...FORM, textU, anewAt]), block(structure), update)
}

/** Throws on a form that a newer release wrote. */
export function decodeSnapshot(u: number, plain: Uint8Array): PlainSnapshot {
  const cursor = new ByteCursor(plain)
  const first = cursor.varUint()
  if (first !== FORM[0]) {
    cursor.block() // its state vector: the structure says it too
    return { u, textU: first, anewAt: 0, structure: undefined, update: cursor.rest() }
  }
  if (cursor.varUint() !== FORM[1]) throw new Error('a snapshot of a newer release')
  const [textU, anewAt] = [cursor.varUint(), cursor.varUint()]
  return { u, textU, anewAt, structure: cursor.block(), update: cursor.rest() }
}
