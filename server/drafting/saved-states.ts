// The saved states of a document, as its own sequence knows them: each is a copy beside the sequence, announced by an entry of kind `save`
// that outlives compaction as all marks do, so that no copy is changed or taken away unnoticed. The copy comes first, then its mark.
import { sha256 } from '#server/kernel/digest.ts'
import type { DocumentCopy } from '#server/storage/ports.ts'
import { ByteCursor, block, varUints } from '#shared/drafting/byte-cursor.ts'
import type { SavedState } from '#shared/drafting/draft-wire.ts'
import { base64, concat, equalBytes, fromBase64, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { DeletionId, ParticipantId } from '#shared/kernel/ids.ts'
import type { DraftText } from './draft-tasks.ts'

/** What the entry says. */
export interface SaveMark extends SavedState {
  /** Of the copy: `text-<revision>`, `old-<revision>` in the form before flat blocks, `deletion-<id>` with what followed the state. */
  readonly name: string
  /** SHA-256 of its encrypted bytes, the epoch it was written in, and how many bytes there are. */
  readonly digest: Uint8Array
  readonly epoch: number
  readonly bytes: number
  /** Saved before it was carried out; with the next clock of the server's own Yjs id, which says later whether it was. */
  readonly before?: { readonly restoration: string; readonly clock: number }
  /** Names of copies that are not kept any longer. */
  readonly thinned: readonly string[]
}

/** A saved state as the marks leave it. */
export type KnownState = Omit<SaveMark, 'before' | 'thinned'> & {
  /** Number of its first mark. */
  readonly announcedAt: number
}

export function textName(revision: number): string {
  return `text-${revision}`
}
/** Of a document in the form before flat blocks. */
export function oldName(revision: number): string {
  return `old-${revision}`
}
export function isOldForm(name: string): boolean {
  return name.startsWith('old-')
}
export function deletionName(deletionId: DeletionId): string {
  return `deletion-${deletionId}`
}

/** What a copy holds. */
export interface CopiedText extends DraftText {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Of a large deletion: what was written behind the state, up to where the deletion was seen, each with whether it is the deleting person's. */
  readonly behind: readonly WrittenBehind[]
}

export interface WrittenBehind {
  readonly update: Uint8Array
  readonly isOwn: boolean
}

const COPY_FORM = 2

export function encodeCopy({ at, snapshot = new Uint8Array(0), updates, behind }: CopiedText): Uint8Array {
  const later = behind.flatMap(({ update, isOwn }) => [Uint8Array.of(isOwn ? 1 : 0), block(update)])
  return concat(varUints([COPY_FORM, at]), block(snapshot), varUints([updates.length]), ...updates.map(block), ...later)
}

export function decodeCopy(plain: Uint8Array): CopiedText {
  const cursor = new ByteCursor(plain)
  if (cursor.varUint() !== COPY_FORM) throw new Error('a copy of another release')
  const at = cursor.varUint()
  const snapshot = cursor.block()
  const updates: Uint8Array[] = []
  for (let left = cursor.varUint(); left > 0; left--) updates.push(cursor.block())
  const behind: WrittenBehind[] = []
  while (cursor.left > 0) behind.push({ isOwn: cursor.byte() === 1, update: cursor.block() })
  return { at, ...(snapshot.length > 0 && { snapshot }), updates, behind }
}

export function encodeSave({ digest, ...mark }: SaveMark): Uint8Array {
  return utf8(JSON.stringify({ ...mark, digest: base64(digest) }))
}

/** Written by encodeSave alone, and authenticated. */
export function decodeSave(plain: Uint8Array): SaveMark {
  const { digest, ...mark } = JSON.parse(fromUtf8(plain)) as Omit<SaveMark, 'digest'> & { readonly digest: string }
  return { ...mark, digest: fromBase64(digest) }
}

export function digestOf({ encrypted }: Pick<DocumentCopy, 'encrypted'>): Uint8Array {
  return sha256(encrypted)
}

/** Whether this is the copy that was announced. */
export function isAnnounced(copy: DocumentCopy, { digest, epoch }: Pick<SaveMark, 'digest' | 'epoch'>): boolean {
  return copy.epoch === epoch && equalBytes(digestOf(copy), digest)
}

/** The list with one mark more. The first to announce a copy says what it is; only that it is what was signed outweighs it. */
export function withMark(
  states: readonly KnownState[],
  { before: _, thinned, ...mark }: SaveMark,
  announcedAt: number,
): readonly KnownState[] {
  const kept = states.filter(({ name }) => !thinned.includes(name))
  const known = kept.find(({ name }) => name === mark.name)
  if (!known) return [...kept, { ...mark, announcedAt }]
  if (mark.cause !== 'closing') return kept
  return kept.map((each) => (each === known ? { ...known, cause: mark.cause } : each))
}

/** As whoever may restore is told of them: oldest first, one for each number. */
export function listOf(states: readonly KnownState[]): readonly SavedState[] {
  const byRevision = new Map<number, SavedState>()
  for (const { revision, at, cause, authors } of states) {
    const known = byRevision.get(revision)
    const weightier = known && (known.cause === 'closing' || cause === 'minutes') ? known.cause : cause
    byRevision.set(revision, {
      revision,
      at: Math.min(at, known?.at ?? at),
      cause: weightier,
      authors: [...new Set<ParticipantId>([...(known?.authors ?? []), ...authors])],
    })
  }
  return [...byRevision.values()].sort((a, b) => a.revision - b.revision)
}
