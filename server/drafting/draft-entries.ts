// How the entries of a draft's sequence, and its snapshots, rest: encrypted under the joint session's key, bound to their place.

import type { DraftEntryKind } from '#server/storage/ports.ts'
import { ByteCursor, block, varUint } from '#shared/drafting/byte-cursor.ts'
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

/** `cancelled`: nothing was frozen, what people wrote meanwhile still fits. `reopened`: a frozen text lies between. */
export type ReopenKind = 'cancelled' | 'reopened'

export function encodeReopen(kind: ReopenKind): Uint8Array {
  return Uint8Array.of(kind === 'cancelled' ? 0 : 1)
}

export function decodeReopen(plain: Uint8Array): ReopenKind {
  return plain[0] === 0 ? 'cancelled' : 'reopened'
}

export interface PlainSnapshot {
  readonly u: number
  /** Number of the last update that it holds. */
  readonly textU: number
  /** Highest clock of each author, as Yjs encodes a state vector. */
  readonly stateVector: Uint8Array
  /** Yjs V2. */
  readonly update: Uint8Array
}

export function snapshotContext(caseId: CaseId, u: number): string {
  return `draft-snapshot|${caseId}|${u}`
}

export function encodeSnapshot({ textU, stateVector, update }: PlainSnapshot): Uint8Array {
  return concat(varUint(textU), block(stateVector), update)
}

export function decodeSnapshot(u: number, plain: Uint8Array): PlainSnapshot {
  const cursor = new ByteCursor(plain)
  return { u, textU: cursor.varUint(), stateVector: cursor.block(), update: cursor.rest() }
}

export function decodeStateVector(bytes: Uint8Array): Map<number, number> {
  const cursor = new ByteCursor(bytes)
  const clocks = new Map<number, number>()
  const count = cursor.varUint()
  for (let i = 0; i < count; i++) clocks.set(cursor.varUint(), cursor.varUint())
  return clocks
}
