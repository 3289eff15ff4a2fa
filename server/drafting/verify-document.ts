// Looks through one document as it rests and names everything that is not as it was stored. What only somebody with the key could have
// changed is found by the cipher, the rest by the chain; the end by a head that was kept elsewhere.
import type { DocumentPlace, DraftEntry, DraftSnapshot, DraftStore } from '#server/storage/ports.ts'
import { type CaseDocument, noteOf, settlementOf } from '#shared/document/case-documents.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { CHAIN_START, type ChainState, chainAfter, hasOwnHash, linkFault, marksWith } from './document-chain.ts'
import type { DocumentCipher } from './document-cipher.ts'
import { decodeSave, isAnnounced, type KnownState, withMark } from './saved-states.ts'

type DocumentFault =
  /** Its bytes, or what stands beside them. */
  | 'changed'
  | 'missing'
  /** It stands where another one stood, or another one before it. */
  | 'reordered'
  /** An entry of another document, case or installation. */
  | 'foreign'
  /** The end was taken away. */
  | 'cut-off'

export interface FoundFault {
  readonly fault: DocumentFault
  /** Of the entry, or of the snapshot. */
  readonly revision: number
  readonly of: 'entry' | 'mark' | 'snapshot' | 'copy'
}

interface DocumentReport {
  readonly entries: number
  /** The last entry's number and hash, to be kept elsewhere; the hash is 32 zero bytes while the chain has not begun. */
  readonly head: { readonly revision: number; readonly hash: Uint8Array }
  /** Number of the first chained entry; 0: there is none yet. */
  readonly chainedFrom: number
  readonly faults: readonly FoundFault[]
}

interface Deps {
  readonly store: Pick<DraftStore, 'read' | 'readMarks' | 'snapshot' | 'archived' | 'archivedCopy'>
  /** Without it (the key was destroyed) the chain alone is looked through. */
  readonly cipher: DocumentCipher | undefined
  readonly place: DocumentPlace
  /** As it was seen before. */
  readonly head?: { readonly revision: number; readonly hash: Uint8Array }
}

const PAGE = 500

/** Which document it is whose entries are found under these ids; says under whose key they rest. */
export function documentAt({ caseId, documentId }: DocumentPlace): CaseDocument {
  const settlement = settlementOf(caseId)
  return documentId === settlement.id ? settlement : noteOf(asId<ParticipantId>(documentId))
}

/** Of a document that nobody writes meanwhile. */
export async function verifyDocumentChain({ store, cipher, place, head }: Deps): Promise<DocumentReport> {
  const faults: FoundFault[] = []
  const stored = await store.snapshot(place)
  const start = stored && openedSnapshot(stored, cipher, faults)?.chain
  const revision = stored?.revision ?? 0
  const marks = (await store.readMarks(place)).filter((mark) => mark.revision <= revision)
  const tail = await readTail(store, place, revision)
  for (const mark of marks) if (!isWhole(mark, cipher)) faults.push({ fault: 'changed', revision: mark.revision, of: 'mark' })
  const digest = marks.reduce((sum, mark) => marksWith(mark, sum), CHAIN_START.marks)
  if (start && faults.length === 0 && !equalBytes(digest, start.marks)) faults.push({ fault: 'missing', revision, of: 'mark' })
  // Without the snapshot's own word the first entry is believed: what it covers cannot be looked at.
  const end = follow(tail, { revision, chain: start ?? { ...believed(tail), marks: digest } }, cipher, faults)
  if (cipher) faults.push(...(await copyFaults(store, cipher, [...marks, ...tail])))
  if (head) faults.push(...headFaults(head, end, tail))
  return {
    entries: marks.length + tail.length,
    head: { revision: end.revision, hash: end.chain.hash },
    chainedFrom: end.chain.from,
    faults,
  }
}

/** What the marks announce must be there, as it was; a copy that none of them names was left half done, and is ours all the same. */
async function copyFaults(store: Deps['store'], cipher: DocumentCipher, entries: readonly DraftEntry[]): Promise<readonly FoundFault[]> {
  const faults: FoundFault[] = []
  const { place } = cipher
  const states = entries.reduce<readonly KnownState[]>((known, entry) => {
    const mark = entry.kind === 'save' ? read(() => decodeSave(cipher.decrypt(entry))) : undefined
    return mark ? withMark(known, mark, entry.revision) : known
  }, [])
  const names = new Set([...states.map(({ name }) => name), ...(await store.archived(place))])
  for (const name of names) {
    const state = states.find((each) => each.name === name)
    const copy = await store.archivedCopy(place, name)
    const revision = state?.revision ?? 0
    if (!copy) faults.push({ fault: 'missing', revision, of: 'copy' })
    else if ((state && !isAnnounced(copy, state)) || !opens(() => cipher.decryptCopy(copy)))
      faults.push({ fault: 'changed', revision, of: 'copy' })
  }
  return faults
}

interface Reached {
  readonly revision: number
  readonly chain: ChainState
}

function follow(tail: readonly DraftEntry[], from: Reached, cipher: DocumentCipher | undefined, faults: FoundFault[]): Reached {
  const ours = new Set([CHAIN_START.hash, from.chain.hash, ...tail.flatMap(({ hash }) => hash ?? [])].map(keyOf))
  let { revision, chain } = from
  let wasWhole = true
  for (const entry of tail) {
    const whole = isWhole(entry, cipher)
    const follows = entry.revision === revision + 1
    if (!follows) faults.push({ fault: 'missing', revision: revision + 1, of: 'entry' })
    // Whatever stands behind a fault does not link to it.
    if (!whole || (follows && wasWhole && linkFault(entry, chain)))
      faults.push({ fault: nameOf(entry, chain, ours), revision: entry.revision, of: 'entry' })
    chain = chainAfter(entry, chain)
    revision = entry.revision
    wasWhole = whole
  }
  return { revision, chain }
}

/** As it was stored, at its number, in this document; where it stands apart. */
function isWhole(entry: DraftEntry, cipher: DocumentCipher | undefined): boolean {
  return hasOwnHash(entry) && (!cipher || opens(() => cipher.decrypt(entry)))
}

/** Of an entry that is not what should stand there. */
function nameOf({ previous }: DraftEntry, before: ChainState, ours: ReadonlySet<string>): DocumentFault {
  if (!previous || equalBytes(previous, before.hash)) return 'changed'
  return ours.has(keyOf(previous)) ? 'reordered' : 'foreign'
}

/** Also finds a head of the same number with another hash: the end was taken away and written anew. */
function headFaults(head: { revision: number; hash: Uint8Array }, end: Reached, tail: readonly DraftEntry[]): FoundFault[] {
  if (head.revision > end.revision) return [{ fault: 'cut-off', revision: end.revision + 1, of: 'entry' }]
  const hash = head.revision === end.revision ? end.chain.hash : tail.find(({ revision }) => revision === head.revision)?.hash
  return hash && !equalBytes(hash, head.hash) ? [{ fault: 'changed', revision: head.revision, of: 'entry' }] : []
}

function openedSnapshot(stored: DraftSnapshot, cipher: DocumentCipher | undefined, faults: FoundFault[]) {
  if (!cipher) return undefined
  try {
    return cipher.decryptSnapshot(stored)
  } catch {
    faults.push({ fault: 'changed', revision: stored.revision, of: 'snapshot' }) // the cipher says so
    return undefined
  }
}

async function readTail(store: Deps['store'], place: DocumentPlace, after: number): Promise<readonly DraftEntry[]> {
  const tail: DraftEntry[] = []
  for (;;) {
    const page = await store.read(place, tail.at(-1)?.revision ?? after, PAGE)
    tail.push(...page)
    if (page.length < PAGE) return tail
  }
}

function believed(tail: readonly DraftEntry[]): Omit<ChainState, 'marks'> {
  const [first] = tail
  return first?.previous && !equalBytes(first.previous, CHAIN_START.hash) ? { from: first.revision, hash: first.previous } : CHAIN_START
}

function opens(open: () => unknown): boolean {
  return read(() => open() !== undefined) ?? false
}

/** Undefined when it cannot be: it was changed. */
function read<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('base64')
}
