// The whole text of a document, as its snapshot and what lies behind it; undefined when a compaction moves it just then.
import type { DraftStore } from '#server/storage/ports.ts'
import type { DocumentCipher } from './document-cipher.ts'
import type { PlainSnapshot } from './draft-entries.ts'
import type { DraftLane } from './draft-lane.ts'
import { updatesOf } from './read-document.ts'
import type { SnapshotCache } from './snapshot-cache.ts'
import type { SavedText } from './state-keeper.ts'

interface Deps {
  readonly lane: Pick<DraftLane, 'loadedHead' | 'snapshotU' | 'tail'>
  readonly cipher: DocumentCipher
  readonly snapshots: SnapshotCache
  readonly store: DraftStore
}

export interface TextNow extends SavedText {
  readonly u: number
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
    const from = snapshot?.u ?? 0
    if (!head || from < lane.snapshotU || from > head.u) return undefined
    const updates = updatesOf(lane.tail.filter((entry) => entry.u > from))
    const { u, textU, generation } = head
    return { ...(snapshot && { snapshot: snapshot.update }), updates, u, textU, generation }
  }

  /** Right before an entry that was just stored. What lies behind the snapshot is taken at once: a compaction may be under way. */
  async before(u: number): Promise<SavedText | undefined> {
    const { snapshotU, tail } = this.#deps.lane
    const edits = tail.filter((entry) => entry.u < u && entry.kind === 'update')
    const snapshot = await this.snapshot()
    const from = snapshot?.u ?? 0
    if (from < snapshotU || from >= u) return undefined
    const updates = updatesOf(edits.filter((entry) => entry.u > from))
    return { ...(snapshot && { snapshot: snapshot.update }), updates, textU: edits.at(-1)?.u ?? snapshot?.textU ?? 0 }
  }

  async snapshot(): Promise<PlainSnapshot | undefined> {
    const { cipher, snapshots, store, lane } = this.#deps
    const held = snapshots.get(cipher.place)
    if (held && held.u >= lane.snapshotU) return held
    if (lane.snapshotU === 0) return undefined
    const stored = await store.snapshot(cipher.place)
    if (!stored) return undefined
    const snapshot = cipher.openSnapshot(stored)
    snapshots.put(cipher.place, snapshot)
    return snapshot
  }
}
