// The whole text of a document, as its snapshot and what lies behind it; undefined when a compaction moves it just then.
import type { RecentlyUsed } from '#server/kernel/recently-used.ts'
import type { DraftStore } from '#server/storage/ports.ts'
import type { DocumentCipher } from './document-cipher.ts'
import { keyOfPlace, type PlainSnapshot } from './draft-entries.ts'
import type { DraftLane } from './draft-lane.ts'
import { updatesOf } from './read-document.ts'
import type { SavedText } from './state-keeper.ts'

interface Deps {
  readonly lane: Pick<DraftLane, 'loadedHead' | 'snapshotRevision' | 'tail'>
  readonly cipher: DocumentCipher
  readonly snapshots: RecentlyUsed<string, PlainSnapshot>
  readonly store: DraftStore
}

interface TextNow extends SavedText {
  readonly revision: number
  readonly generation: number
}

export class DocumentText {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async now(): Promise<TextNow | undefined> {
    const { lane } = this.#deps
    const snapshot = await this.snapshot()
    const head = lane.loadedHead
    const from = snapshot?.revision ?? 0
    if (!head || from < lane.snapshotRevision || from > head.revision) return undefined
    const updates = updatesOf(lane.tail.filter((entry) => entry.revision > from))
    const { revision, textRevision, generation } = head
    return { ...(snapshot && { snapshot: snapshot.update }), updates, revision, textRevision, generation }
  }

  /** Right before an entry that was just stored. What lies behind the snapshot is taken at once: a compaction may be under way. */
  async before(revision: number): Promise<SavedText | undefined> {
    const { snapshotRevision, tail } = this.#deps.lane
    const edits = tail.filter((entry) => entry.revision < revision && entry.kind === 'update')
    const snapshot = await this.snapshot()
    const from = snapshot?.revision ?? 0
    if (from < snapshotRevision || from >= revision) return undefined
    const updates = updatesOf(edits.filter((entry) => entry.revision > from))
    return { ...(snapshot && { snapshot: snapshot.update }), updates, textRevision: edits.at(-1)?.revision ?? snapshot?.textRevision ?? 0 }
  }

  async snapshot(): Promise<PlainSnapshot | undefined> {
    const { cipher, snapshots, store, lane } = this.#deps
    const held = snapshots.get(keyOfPlace(cipher.place))
    if (held && held.revision >= lane.snapshotRevision) return held
    if (lane.snapshotRevision === 0) return undefined
    const stored = await store.snapshot(cipher.place)
    if (!stored) return undefined
    const snapshot = cipher.decryptSnapshot(stored)
    snapshots.set(keyOfPlace(cipher.place), snapshot)
    return snapshot
  }
}
