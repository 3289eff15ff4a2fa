// Saves states of one document, lists them, and gives them back. What is announced is never taken away but by a later announcement.
import type { DocumentCopy, DraftStore } from '#server/storage/ports.ts'
import type { SaveCause, SavedState } from '#shared/drafting/draft-wire.ts'
import { UNDO_DELETION_MS } from '#shared/drafting/restoring-protocol.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { DocumentCipher } from './document-cipher.ts'
import type { DraftLane } from './draft-lane.ts'
import { judgeSave } from './draft-queue.ts'
import type { DraftText, ReadDraft } from './draft-tasks.ts'
import type { DraftWorker } from './open-draft-worker.ts'
import {
  type CopiedText,
  digestOf,
  encodeSave,
  isAnnounced,
  isOldForm,
  type KnownState,
  listOf,
  type SaveMark,
  textName,
  type WrittenBehind,
} from './saved-states.ts'
import { ROOM_FOR_STATES, statesToThin } from './thin-states.ts'

interface KeeperDeps {
  readonly lane: Pick<DraftLane, 'head' | 'submit' | 'writers'>
  readonly store: DraftStore
  readonly cipher: DocumentCipher
  readonly clock: Clock
  readonly epoch: number
  readonly worker: Pick<DraftWorker, 'convert' | 'read'>
  readonly language: () => Promise<Locale>
  readonly onTrouble: (error: unknown) => void
}

export interface SavedText extends DraftText {
  /** Number of the last edit in it. */
  readonly textRevision: number
}

interface Saving {
  readonly cause: SaveCause
  /** As a text is named, unless it is said otherwise. */
  readonly name?: string
  readonly before?: SaveMark['before']
  readonly behind?: readonly WrittenBehind[]
  /** Number of a state that must not go for it. */
  readonly spared?: number
}

/** A copy that nobody has announced by then is what a killed server left. */
const HALF_DONE_MS = 600_000
/** What people were just told of does not go for it. */
const SPARED_MS = 2 * UNDO_DELETION_MS

export class StateKeeper {
  readonly #deps: KeeperDeps
  #swept = false

  constructor(deps: KeeperDeps) {
    this.#deps = deps
  }

  /** Oldest first. */
  async list(): Promise<readonly SavedState[]> {
    return listOf((await this.#deps.lane.head()).saved)
  }

  /** Once for each text, unless more is to be said of it. */
  async save(text: SavedText, { cause, name = textName(text.textRevision), before, behind = [], spared }: Saving): Promise<void> {
    const { lane, clock } = this.#deps
    const { saved } = await lane.head()
    const known = saved.find((state) => state.name === name)
    if (known && !before && cause !== 'closing') return
    const at = clock.now()
    const kept =
      known ?? (await this.#keepCopy(name, { at, ...(text.snapshot && { snapshot: text.snapshot }), updates: text.updates, behind }))
    const { digest, epoch, bytes } = kept
    const state = { name, revision: text.textRevision, at, cause, authors: lane.writers.upTo(text.textRevision), digest, epoch, bytes }
    const thinned = statesToThin<Pick<KnownState, 'name' | 'revision' | 'at' | 'cause' | 'bytes'>>(
      known ? saved : [...saved, state],
      ROOM_FOR_STATES,
      { isNeeded: (each) => each.revision === spared || each.name === name, isRecent: (each) => at - each.at < SPARED_MS },
    )
    const mark: SaveMark = { ...state, ...(before && { before }), thinned }
    await lane.submit({ kind: 'save', by: 'system', plain: encodeSave(mark), judge: judgeSave(mark) })
    await this.#sweep(thinned)
  }

  /** The state of that number; undefined when there is none. */
  async find(revision: number): Promise<KnownState | undefined> {
    const found = (await this.#deps.lane.head()).saved.filter((state) => state.revision === revision)
    return found.find(({ name }) => name === textName(revision)) ?? found[0]
  }

  async named(name: string): Promise<KnownState | undefined> {
    return (await this.#deps.lane.head()).saved.find((state) => state.name === name)
  }

  async open({ name, digest, epoch }: KnownState): Promise<CopiedText | undefined> {
    const { store, cipher, onTrouble } = this.#deps
    const copy = await store.archivedCopy(cipher.place, name)
    if (copy && isAnnounced(copy, { digest, epoch })) return cipher.decryptCopy(copy)
    onTrouble(new LostState(cipher.place.caseId, name))
    return undefined
  }

  /** In the form of today. */
  async text(state: KnownState): Promise<DraftText | undefined> {
    const opened = await this.open(state)
    if (!opened || !isOldForm(state.name)) return opened
    const { worker, cipher, language } = this.#deps
    const { update } = await worker.convert(cipher.place.caseId, { ...opened, language: await language() })
    return { snapshot: update, updates: [] }
  }

  /** The words of a state, in the language of the document. */
  async read(revision: number): Promise<Extract<ReadDraft, { ok: true }>['blocks']> {
    const { worker, cipher, language } = this.#deps
    const state = await this.find(revision)
    const text = state && (await this.text(state))
    const read = text && (await worker.read(cipher.place.caseId, { ...text, language: await language() }))
    if (!read?.ok) throw new AppError({ kind: 'conflict', reason: 'drafting/state-gone' })
    return read.blocks
  }

  /** Of copies under one name the first stays: one that a killed server left is as good, if it is of this epoch and can be read. */
  async #keepCopy(name: string, text: CopiedText): Promise<Pick<SaveMark, 'digest' | 'epoch' | 'bytes'>> {
    const { store, cipher, epoch } = this.#deps
    const copy = cipher.copy(name, text, epoch)
    await store.archive(copy)
    let kept = (await store.archivedCopy(cipher.place, name)) ?? copy
    if (!equalBytes(kept.encrypted, copy.encrypted) && !this.#isAsGood(kept)) {
      await store.removeArchived(cipher.place, [name])
      await store.archive(copy)
      kept = (await store.archivedCopy(cipher.place, name)) ?? copy
    }
    return { digest: digestOf(kept), epoch: kept.epoch, bytes: kept.encrypted.length }
  }

  /** One from before a backup was restored may hold another text under the same number. */
  #isAsGood(left: DocumentCopy): boolean {
    if (left.epoch !== this.#deps.epoch) return false
    try {
      return this.#deps.cipher.decryptCopy(left).updates !== undefined
    } catch {
      return false // broken at rest, and announced by nobody: it must not keep the text from being saved
    }
  }

  /** What was thinned out; and once, what was left half done. */
  async #sweep(thinned: readonly string[]): Promise<void> {
    const { store, cipher } = this.#deps
    try {
      if (thinned.length > 0) await store.removeArchived(cipher.place, thinned)
      if (this.#swept) return
      this.#swept = true
      const left = await this.#leftHalfDone()
      if (left.length > 0) await store.removeArchived(cipher.place, left)
    } catch (error) {
      this.#deps.onTrouble(error) // they harm nobody, and go the next time
    }
  }

  async #leftHalfDone(): Promise<readonly string[]> {
    const { lane, store, cipher, clock } = this.#deps
    const { saved } = await lane.head()
    const left: string[] = []
    for (const name of await store.archived(cipher.place)) {
      if (saved.some((state) => state.name === name)) continue
      const copy = await store.archivedCopy(cipher.place, name)
      if (copy && clock.now() - cipher.decryptCopy(copy).at > HALF_DONE_MS) left.push(name)
    }
    return left
  }
}

/** A saved state was announced, and is not there as it was. */
class LostState extends Error {
  override readonly name = 'LostState'
  /** Stands in the server's log, which no message does. */
  readonly code = 'saved_state_lost'
  constructor(caseId: CaseId, name: string) {
    super(`saved state ${name} of case ${caseId} is not as it was`)
  }
}
