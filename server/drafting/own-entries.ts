// What the server itself does to a text: closes it for a version, opens it again, puts an edit of its own into it, or another document in its
// place. All of it are entries of the document's one sequence, judged there like everybody's.
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'
import { AppError, type ErrorKind } from '#shared/kernel/errors.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import type { DocumentText } from './document-text.ts'
import { type BegunFrom, encodeClose, encodeReopen, encodeRestored, type ReopenKind } from './draft-entries.ts'
import type { DraftLane } from './draft-lane.ts'
import { judgeBeginAnew, judgeClose, judgeOwnEdit, judgeReopen, type OwnEdit, UncountedEdit } from './draft-queue.ts'
import type { EditCounter } from './edit-counter.ts'
import type { SavedText } from './state-keeper.ts'
import { scanUpdate } from './update-scan.ts'

interface Deps {
  readonly lane: Pick<DraftLane, 'bytes' | 'head' | 'refresh' | 'submit'>
  readonly text: Pick<DocumentText, 'now'>
  readonly counter: Pick<EditCounter, 'count'>
}

/** What a draft may grow to, compacted; a hundred pages edited for weeks stay below a quarter of it. */
export const MAX_DRAFT_BYTES = 2 * 1024 * 1024

export class OwnEntries {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Puts the closing entry right behind the text `textRevision`, or answers that somebody wrote. */
  async closeText(versionId: VersionId, textRevision: number): Promise<'closed' | 'somebody-wrote'> {
    await this.#deps.lane.refresh()
    try {
      await this.#deps.lane.submit({
        kind: 'close',
        by: 'system',
        plain: encodeClose(versionId),
        judge: judgeClose(versionId, textRevision),
      })
      return 'closed'
    } catch (error) {
      if (error instanceof AppError && error.problem.kind === 'conflict') return 'somebody-wrote'
      throw error
    }
  }

  async reopenText(versionId: VersionId, kind: ReopenKind): Promise<void> {
    await this.#deps.lane.refresh()
    await this.#deps.lane.submit({ kind: 'reopen', by: 'system', plain: encodeReopen(kind), judge: judgeReopen(versionId) })
  }

  /** The text as it was closed for this version; undefined when it is no longer closed for it. Nothing is stored behind a close but claims. */
  async closedText(versionId: VersionId): Promise<SavedText | undefined> {
    for (;;) {
      const head = await this.#deps.lane.refresh()
      if (head.closed !== versionId) return undefined
      const text = await this.#deps.text.now()
      if (text) return text
    }
  }

  /** As it stands here. */
  async textNow(): Promise<SavedText & { readonly generation: number }> {
    for (;;) {
      const text = await this.#deps.text.now()
      if (text) return text
      await this.#deps.lane.refresh()
    }
  }

  /** Stores an edit of the server's own: what was deleted, or put in its place, takes no room from it. Rejects with an OvertakenEdit when the text is another by now. */
  async writeOwn(update: Uint8Array, of: Pick<OwnEdit, 'clock' | 'generation'>): Promise<number> {
    const scan = scanUpdate(update)
    if (!scan || this.#deps.lane.bytes + update.length > 2 * MAX_DRAFT_BYTES) return refused('too-large', 'drafting/text-full')
    const entry = { kind: 'update', by: 'system', plain: update, scan } as const
    try {
      return await this.#deps.lane.submit({ ...entry, judge: judgeOwnEdit({ ...of, scan }) })
    } catch (error) {
      if (!(error instanceof UncountedEdit)) throw error
      const counted = await this.#deps.counter.count(update)
      return this.#deps.lane.submit({ ...entry, counted, judge: judgeOwnEdit({ ...of, scan, counted }) })
    }
  }

  /** Another document in the place of this one, right behind the text `textRevision`; resolves when it can be given to people. */
  async beginAnew(from: BegunFrom, textRevision: number): Promise<number> {
    const judge = judgeBeginAnew(from, textRevision)
    const revision = await this.#deps.lane.submit({ kind: 'reopen', by: 'system', plain: encodeRestored(from), judge, endsBatch: true })
    await this.#deps.lane.head()
    return revision
  }
}

export function refused(kind: ErrorKind, reason: DraftingReason): Promise<never> {
  return Promise.reject(new AppError({ kind, reason }))
}
