// A document as it rests: its snapshot, what came behind it, and where that leaves its head. Its chain is followed on the way: what was
// changed, left out or moved in the store is a named fault, and nothing of it is served.
import type { DraftStore } from '#server/storage/ports.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import { BrokenChain, CHAIN_START, type ChainState, hasOwnHash, linked, marksWith } from './document-chain.ts'
import type { DocumentCipher } from './document-cipher.ts'
import type { PlainEntry, PlainSnapshot } from './draft-entries.ts'
import { DraftHead } from './draft-head.ts'
import type { DraftText } from './draft-tasks.ts'
import { decodeStructure } from './structure/structure-codec.ts'

export interface ReadEntry extends PlainEntry {
  /** The chain up to it. */
  readonly chain: ChainState
}

export interface StoredDocument {
  readonly head: DraftHead
  /** Up to the head. */
  readonly chain: ChainState
  readonly snapshot: PlainSnapshot | undefined
  /** Behind the snapshot, ascending and without a hole. */
  readonly tail: readonly ReadEntry[]
  readonly text: DraftText
  /** Of the form before flat blocks (releases before 2.2): it must be converted before anybody is given it. */
  readonly isOld: boolean
}

const PAGE = 500

/** `undefined` when a compaction elsewhere swept entries away between two reads. */
export async function readDocument(store: DraftStore, cipher: DocumentCipher): Promise<StoredDocument | undefined> {
  const stored = await store.snapshot(cipher.place)
  const snapshot = stored && cipher.decryptSnapshot(stored)
  let page = await store.read(cipher.place, snapshot?.revision ?? 0, PAGE)
  const isOld = stored ? stored.epoch === 0 : page[0] !== undefined && page[0].hash === undefined
  // What the structure of an old form says is of no use any more.
  const structure = !isOld && snapshot?.structure ? decodeStructure(snapshot.structure) : undefined
  const head = new DraftHead(snapshot && { ...snapshot, structure })
  let chain = snapshot ? await readMarks(store, cipher, { snapshot, head }) : CHAIN_START
  const tail: ReadEntry[] = []
  for (;;) {
    if (page.some(({ revision }, index) => revision !== head.revision + 1 + index)) return undefined
    for (const entry of page) {
      chain = linked(entry, chain)
      const read = { revision: entry.revision, kind: entry.kind, by: entry.by, plain: cipher.decrypt(entry), chain }
      head.apply(read)
      tail.push(read)
    }
    if (page.length < PAGE) break
    page = await store.read(cipher.place, head.revision, PAGE)
  }
  return { head, chain, snapshot, tail, text: { ...(snapshot && { snapshot: snapshot.update }), updates: updatesOf(tail) }, isOld }
}

interface Covered {
  readonly snapshot: PlainSnapshot
  readonly head: DraftHead
}

/** Those that the snapshot covers; answers the chain at its number. */
async function readMarks(store: DraftStore, cipher: DocumentCipher, { snapshot, head }: Covered): Promise<ChainState> {
  let { marks } = CHAIN_START
  for (const mark of await store.readMarks(cipher.place)) {
    if (mark.revision > snapshot.revision) break
    if (!hasOwnHash(mark)) throw new BrokenChain(cipher.place, mark.revision, 'changed')
    marks = marksWith(mark, marks)
    head.applyMark({ revision: mark.revision, kind: mark.kind, by: mark.by, plain: cipher.decrypt(mark) })
  }
  head.countLiving()
  if (!snapshot.chain) return { ...CHAIN_START, marks }
  if (!equalBytes(snapshot.chain.marks, marks)) throw new BrokenChain(cipher.place, snapshot.revision, 'marks')
  return snapshot.chain
}

export function updatesOf(entries: readonly PlainEntry[]): readonly Uint8Array[] {
  return entries.filter((entry) => entry.kind === 'update').map((entry) => entry.plain)
}
