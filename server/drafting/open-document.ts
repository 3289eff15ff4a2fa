// A document as it is loaded: begun when it is new, brought to today's form, made sound when nobody could judge what is added to it,
// and begun anew from a saved state where that was asked for. Killed on the way, the next loading goes on.
import type { DraftAppendAnswer, DraftEntry, DraftStore } from '#server/storage/ports.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type ChainState, chainAfter } from './document-chain.ts'
import type { DocumentCipher } from './document-cipher.ts'
import { decodeReopen, decodeRestored, encodeClaim, encodeReopen, type NewSnapshot, type PlainEntry } from './draft-entries.ts'
import type { Compacted, DraftText } from './draft-tasks.ts'
import { type ReadEntry, readDocument, type StoredDocument } from './read-document.ts'
import { digestOf, encodeSave, isAnnounced, isOldForm, oldName } from './saved-states.ts'
import { NO_WRITERS, WritersSince } from './writers.ts'

export interface OpeningDeps {
  readonly store: DraftStore
  readonly cipher: DocumentCipher
  readonly clock: Clock
  /** Of the installation. */
  readonly epoch: number
  /** Makes the first entry of a document that has none: the template. */
  readonly firstUpdate: () => Promise<Uint8Array>
  /** Opens the text in the draft worker. Never fails on what stands in it: what cannot be read is begun anew. */
  readonly compact: (text: DraftText) => Promise<Compacted>
  /** The same words in the form of today, of a document of the form before. As `compact`, never fails on them. */
  readonly convert: (text: DraftText) => Promise<Compacted>
  /** Another document with the same words. */
  readonly beginFrom: (text: DraftText) => Promise<Compacted>
  /** A newer snapshot rests. */
  readonly onSnapshot: (snapshot: NewSnapshot) => void
}

export async function openDocument(deps: OpeningDeps): Promise<StoredDocument> {
  for (;;) {
    const read = await readDocument(deps.store, deps.cipher)
    if (!read) continue
    const { head } = read
    const restored = restoredIn(read)
    if (head.revision === 0) await begin(deps, read)
    else if (read.isOld) await convert(deps, read)
    else if (restored) await beginFrom(deps, read, restored)
    else if (!head.sound && head.closed === undefined) await makeSound(deps, read)
    else return read
  }
}

/** The mark of another document whose snapshot is not there yet; nothing but its own snapshot can be stored behind it. */
function restoredIn({ tail }: StoredDocument): ReadEntry | undefined {
  const last = tail.at(-1)
  return last?.kind === 'reopen' && decodeReopen(last.plain) === 'restored' ? last : undefined
}

async function begin(deps: OpeningDeps, { chain }: StoredDocument): Promise<void> {
  const plain = await deps.firstUpdate()
  await appendOwn(deps, { revision: 1, kind: 'update', by: 'system', plain }, chain)
}

/** What was stored before edits were judged, or has become too costly to open, is compacted; begun anew where that does not help. */
async function makeSound(deps: OpeningDeps, { head, chain: before, snapshot, text, tail }: StoredDocument): Promise<void> {
  const { state, update, structure } = await deps.compact(text)
  const sound = state === 'sound'
  const revision = head.revision + 1
  // A snapshot gives way to a later one only, so there is always an entry before it; one that claims nothing says nothing.
  const mark = sound
    ? ({ kind: 'claim', plain: encodeClaim([]) } as const)
    : ({ kind: 'reopen', plain: encodeReopen('begun-anew') } as const)
  const chain = await appendOwn(deps, { revision, by: 'system', ...mark }, before)
  if (!chain) return // somebody else wrote: looked at again
  const at = sound ? { textRevision: head.textRevision, anewAt: snapshot?.anewAt ?? 0 } : { textRevision: revision, anewAt: revision }
  await keepSnapshot(deps, { revision, ...at, chain, writers: writersOf({ snapshot, tail }).all, structure, update })
}

/** As it was it stays among the saved states for good; its words, its closing and the number of its text stay. */
async function convert(deps: OpeningDeps, { head, chain: before, snapshot, tail, text }: StoredDocument): Promise<void> {
  const { textRevision } = head
  if (!head.saved.some(({ name }) => isOldForm(name)))
    return announceOld(deps, { textRevision, revision: head.revision + 1, chain: before, text })
  const { update, structure } = await deps.convert(text)
  const last = tail.at(-1)
  const isMarked = last?.kind === 'reopen' && decodeReopen(last.plain) === 'converted'
  const revision = isMarked ? head.revision : head.revision + 1
  const chain = isMarked
    ? before
    : await appendOwn(deps, { revision, kind: 'reopen', by: 'system', plain: encodeReopen('converted') }, before)
  const writers = writersOf({ snapshot, tail }).all // the words stay, and with them who wrote them
  if (chain) await keepSnapshot(deps, { revision, textRevision, anewAt: revision, chain, writers, structure, update })
}

interface OldText {
  readonly textRevision: number
  /** Of the entry that announces it. */
  readonly revision: number
  readonly chain: ChainState
  readonly text: DraftText
}

async function announceOld(deps: OpeningDeps, { textRevision, revision, chain, text }: OldText): Promise<void> {
  const { store, cipher, clock, epoch } = deps
  const [name, at] = [oldName(textRevision), clock.now()]
  await store.archive(cipher.copy(name, { ...text, at, behind: [] }, epoch))
  const copy = await store.archivedCopy(cipher.place, name) // the first one stays, whoever made it
  if (!copy) return
  const kept = { name, digest: digestOf(copy), epoch: copy.epoch, bytes: copy.encrypted.length }
  const plain = encodeSave({ revision: textRevision, at, cause: 'conversion', authors: [], ...kept, thinned: [] })
  await appendOwn(deps, { revision, kind: 'save', by: 'system', plain }, chain)
}

/** When the state is nowhere any more as it was announced, its words are those of the text that stands: people must have a document. */
async function beginFrom(deps: OpeningDeps, { head, text, chain }: StoredDocument, { revision, plain }: ReadEntry): Promise<void> {
  const { store, cipher } = deps
  const { name } = decodeRestored(plain)
  const copy = await store.archivedCopy(cipher.place, name)
  const known = head.saved.find((state) => state.name === name)
  const from = copy && known && isAnnounced(copy, known) ? cipher.decryptCopy(copy) : undefined
  const made = from && isOldForm(name) ? await deps.convert(from) : await deps.beginFrom(from ?? text)
  const { update, structure } = made
  await keepSnapshot(deps, { revision, textRevision: revision, anewAt: revision, chain, writers: NO_WRITERS, structure, update })
}

export function writersOf({ snapshot, tail }: Pick<StoredDocument, 'snapshot' | 'tail'>): WritersSince {
  const writers = new WritersSince(snapshot?.writers)
  for (const entry of tail) writers.follow(entry)
  return writers
}

export async function keepSnapshot({ store, cipher, epoch, onSnapshot }: OpeningDeps, snapshot: NewSnapshot): Promise<void> {
  await store.compact(cipher.snapshot(snapshot, epoch))
  onSnapshot(snapshot)
}

/** Answers the chain with it; undefined when it does not stand there, or nobody can say: what does is read afterwards. */
async function appendOwn(deps: OpeningDeps, entry: PlainEntry, chain: ChainState): Promise<ChainState | undefined> {
  const { cipher, clock, epoch, store } = deps
  const encrypted = cipher.entry(entry, { at: clock.now(), epoch, chain })
  const [answer] = await appendTo(store, [encrypted])
  if (answer === 'unavailable') throw notSaved()
  return answer === 'stored' ? chainAfter(encrypted, chain) : undefined
}

export async function appendTo(store: DraftStore, entries: readonly DraftEntry[]): Promise<readonly DraftAppendAnswer[]> {
  try {
    return await store.append(entries)
  } catch {
    return entries.map(() => 'unknown') // whether it landed is read back
  }
}

export function notSaved(cause?: unknown): AppError {
  return cause instanceof AppError ? cause : new AppError({ kind: 'unavailable', reason: 'drafting/not-saved' }, { cause })
}
