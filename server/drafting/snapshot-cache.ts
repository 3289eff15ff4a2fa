// The snapshots that were asked for last, in clear, within a fixed number of bytes: a warm draft opens without the disk, and a
// thousand open ones need no more memory than a few.
import type { CaseId } from '#shared/kernel/ids.ts'
import type { PlainSnapshot } from './draft-entries.ts'

export class SnapshotCache {
  readonly #limit: number
  readonly #held = new Map<CaseId, PlainSnapshot>()
  #bytes = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get(caseId: CaseId): PlainSnapshot | undefined {
    const held = this.#held.get(caseId)
    if (held) {
      this.#held.delete(caseId)
      this.#held.set(caseId, held)
    }
    return held
  }

  put(caseId: CaseId, snapshot: PlainSnapshot): void {
    this.drop(caseId)
    this.#held.set(caseId, snapshot)
    this.#bytes += snapshot.update.length
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#limit) break
      this.drop(oldest)
    }
  }

  drop(caseId: CaseId): void {
    const held = this.#held.get(caseId)
    if (!held) return
    this.#held.delete(caseId)
    this.#bytes -= held.update.length
  }
}
