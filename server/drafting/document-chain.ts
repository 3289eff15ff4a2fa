// The chain of a document's entries: each names the one before it by its hash, as events do, so that nothing stored can be changed, left
// out or put elsewhere unnoticed. A snapshot carries how far the chain had come, since the updates that it covers are gone.
import { sha256 } from '#server/kernel/digest.ts'
import { ownBytes } from '#server/kernel/own-bytes.ts'
import type { DocumentPlace, DraftEntry } from '#server/storage/ports.ts'
import { concat, equalBytes } from '#shared/kernel/bytes.ts'
import { lengthPrefixed } from '#shared/log/event.ts'

/** How far a chain has come. */
export interface ChainState {
  /** Number of the first chained entry; 0 while there is none. Entries of releases before 2.2 stand in no chain. */
  readonly from: number
  /** Hash of the last entry. */
  readonly hash: Uint8Array
  /** A digest of all marks so far: they outlive compaction, so none of them may go missing. */
  readonly marks: Uint8Array
}

export const DIGEST_BYTES = 32
const NOTHING = new Uint8Array(DIGEST_BYTES)
export const CHAIN_START: ChainState = { from: 0, hash: NOTHING, marks: NOTHING }

type Unchained = Omit<DraftEntry, 'previous' | 'hash'>

/**
 * SHA-256 over these fields, each preceded by its length (lengthPrefixed), texts as UTF-8, numbers in decimal, digests raw:
 * `bitim-document/1`, caseId, documentId, epoch, revision, kind, by, at, SHA-256 of the encrypted bytes, previous.
 */
export function entryHash({ caseId, documentId, epoch, revision, kind, by, at, encrypted }: Unchained, previous: Uint8Array): Uint8Array {
  const numbers = [String(epoch), String(revision)] as const
  return sha256(lengthPrefixed('bitim-document/1', caseId, documentId, ...numbers, kind, by, String(at), sha256(encrypted), previous))
}

export function chainedEntry(entry: Unchained, { hash: previous }: ChainState): DraftEntry {
  return { ...entry, previous, hash: entryHash(entry, previous) }
}

/** What is wrong with an entry where it stands. */
type LinkFault =
  /** Not what was hashed. */
  | 'changed'
  /** It follows another entry than the one that stands before it. */
  | 'not-linked'
  /** Without a hash, behind entries that have one. */
  | 'unchained'

export function linkFault(entry: DraftEntry, before: ChainState): LinkFault | undefined {
  const { previous, hash } = entry
  if (!previous || !hash) return before.from > 0 ? 'unchained' : undefined
  if (!equalBytes(previous, before.hash)) return 'not-linked'
  return hasOwnHash(entry) ? undefined : 'changed'
}

export function hasOwnHash(entry: DraftEntry): boolean {
  return !entry.previous || !entry.hash || equalBytes(entryHash(entry, entry.previous), entry.hash)
}

/** The chain with one entry more. */
export function chainAfter(entry: DraftEntry, { from, hash, marks }: ChainState): ChainState {
  const next = entry.hash ? { from: from || entry.revision, hash: ownBytes(entry.hash) } : { from, hash }
  return { ...next, marks: entry.kind === 'update' ? marks : marksWith(entry, marks) }
}

export function marksWith(mark: DraftEntry, marks: Uint8Array): Uint8Array {
  return ownBytes(sha256(concat(marks, mark.hash ?? entryHash(mark, NOTHING))))
}

/** The sequence of a document was damaged or tampered with: it is not served, and whoever runs the server is told where. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain'
  /** Stands in the server's log, which no message does. */
  readonly code: string
  constructor({ caseId, documentId }: DocumentPlace, revision: number, fault: LinkFault | 'marks') {
    super(
      `document ${documentId} of case ${caseId}: ${fault === 'marks' ? `marks up to ${revision} are missing` : `entry ${revision} is ${fault}`}`,
    )
    this.code = `${fault.replace('-', '_')}_at_${revision}`
  }
}

/** The chain after an entry that was read; throws BrokenChain. */
export function linked(entry: DraftEntry, before: ChainState): ChainState {
  const fault = linkFault(entry, before)
  if (fault) throw new BrokenChain(entry, entry.revision, fault)
  return chainAfter(entry, before)
}
