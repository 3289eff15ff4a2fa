// One open document: its lane, the people in it, and the care for its size. What a connection may ask for ends here.

import { stepId } from '#server/log/step-id.ts'
import { makeTokenBucket, type TokenBucket } from '#server/realtime/token-bucket.ts'
import type { DraftStore } from '#server/storage/ports.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import type { EditFrame } from '#shared/drafting/draft-frames.ts'
import { type CaretMove, type CaretNotice, DRAFT_WIRE, type DraftJoined, type DraftJoinRequest } from '#shared/drafting/draft-wire.ts'
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'
import type { LargeDeletion } from '#shared/drafting/restoring-state.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError, type ErrorKind } from '#shared/kernel/errors.ts'
import { asId, type DeletionId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { Compaction } from './compaction.ts'
import { DeletionWatch } from './deletion-watch.ts'
import type { DocumentCipher } from './document-cipher.ts'
import { DocumentText } from './document-text.ts'
import type { DraftConnection } from './draft-connection.ts'
import { type BegunFrom, encodeClaim, encodeClose, encodeReopen, encodeRestored, type ReopenKind } from './draft-entries.ts'
import { DraftFanout } from './draft-fanout.ts'
import type { DraftHead, EditAuthor } from './draft-head.ts'
import { DraftLane, type LaneEntry } from './draft-lane.ts'
import { judgeBeginAnew, judgeClaim, judgeClose, judgeEdit, judgeOwnEdit, judgeReopen, type OwnEdit, UncountedEdit } from './draft-queue.ts'
import type { Compacted } from './draft-tasks.ts'
import { EditCounter } from './edit-counter.ts'
import type { DraftWorker } from './open-draft-worker.ts'
import { deletionName } from './saved-states.ts'
import type { SnapshotCache } from './snapshot-cache.ts'
import { type SavedText, StateKeeper } from './state-keeper.ts'
import { peekUpdate, scanUpdate, type UpdateScan } from './update-scan.ts'

export interface DraftRoomDeps {
  readonly document: CaseDocument
  readonly store: DraftStore
  readonly cipher: DocumentCipher
  readonly clock: Clock
  readonly timers: Timers
  /** Of the installation. */
  readonly epoch: number
  readonly worker: Pick<DraftWorker, 'begin' | 'beginFrom' | 'compact' | 'convert' | 'measureDeletion' | 'read' | 'tryEdit'>
  readonly snapshots: SnapshotCache
  /** What it is written in. */
  readonly language: () => Promise<Locale>
  readonly firstUpdate: () => Promise<Uint8Array>
  /** Told after entries of this server are stored; for other servers. */
  readonly announce: (revision: number) => void
  /** One person has taken much out of it. */
  readonly largeDeletion: (deletion: Omit<LargeDeletion, 'at' | 'undoneBy'>) => Promise<void>
  /** A failure that harms nobody now: the draft stays uncompacted. */
  readonly onTrouble: (error: unknown) => void
}

/** What a draft may grow to, compacted; a hundred pages edited for weeks stay below a quarter of it. */
const MAX_DRAFT_BYTES = 2 * 1024 * 1024
const ROOM_FOR_DELETING = 256 * 1024
/** Pieces and deletions that one person may send: a pasted agreement has five thousand, a fast typist makes ten a second. */
const PIECES = { burst: 60_000, perSecond: 200 } as const
/** What was written since a deletion began is kept with its state; of more than this the state alone. */
const MAX_BEHIND_BYTES = 4 * 1024 * 1024
/** A state is saved when the text has changed and the last one is as old. */
const SAVE_EVERY_MS = 180_000

export class DraftRoom {
  readonly #deps: DraftRoomDeps
  readonly #lane: DraftLane
  readonly #text: DocumentText
  /** The saved states of the text. */
  readonly saved: StateKeeper
  readonly #openedAt: number
  #held: Promise<unknown> | undefined
  #cancelSaving: (() => void) | undefined
  readonly #fanout: DraftFanout
  readonly #compaction: Compaction
  /** Of the settlement alone. */
  readonly #watch: DeletionWatch | undefined
  #nextDevice = 1
  readonly #devices = new WeakMap<DraftConnection, number>()
  readonly #counter: EditCounter
  /** What a device has to do for an edit goes by its pieces, not by its bytes. */
  readonly #pieces: TokenBucket

  constructor(deps: DraftRoomDeps) {
    const { cipher, document, snapshots, worker } = deps
    const { caseId } = cipher.place
    this.#deps = deps
    this.#fanout = new DraftFanout(document)
    this.#lane = new DraftLane({
      ...deps,
      onStored: (entries) => this.#stored(entries),
      compact: (text) => this.#orBeginAnew(worker.compact(caseId, text)),
      convert: async (text) => this.#orBeginAnew(worker.convert(caseId, { ...text, language: await deps.language() })),
      beginFrom: (text) => this.#orBeginAnew(worker.beginFrom(caseId, text)),
      onSnapshot: (snapshot) => {
        snapshots.put(cipher.place, snapshot)
        this.#watch?.compacted(snapshot)
      },
      onGap: () => {
        this.#watch?.reset()
        this.#fanout.sendAllToRejoin()
      },
    })
    this.#text = new DocumentText({ ...deps, lane: this.#lane })
    this.#counter = new EditCounter({ caseId, worker, text: () => this.#text.now() })
    this.saved = new StateKeeper({ ...deps, lane: this.#lane })
    this.#openedAt = deps.clock.now()
    this.#pieces = makeTokenBucket({ clock: deps.clock, ...PIECES })
    this.#watch = document.kind === 'settlement' ? this.#watchFor(deps) : undefined
    this.#compaction = new Compaction({
      ...deps,
      lane: this.#lane,
      text: () => this.#text.now(),
      compact: (text) => worker.compact(caseId, text),
      isInUse: () => this.#fanout.size > 0,
      beforeKeeping: async () => this.#watch?.holdsText(),
      onCompacted: (text) => this.#saveSometimes(text),
    })
  }

  #watchFor({ clock, timers, worker, cipher, language, largeDeletion, onTrouble }: DraftRoomDeps): DeletionWatch {
    const { caseId } = cipher.place
    return new DeletionWatch({
      clock,
      timers,
      onTrouble,
      textBefore: (revision) => this.#text.before(revision),
      measure: async (deletion) => worker.measureDeletion(caseId, { ...deletion, language: await language() }),
      report: async ({ participantId, first, before, behind, lines }) => {
        const deletionId = asId<DeletionId>(stepId(`deletion|${caseId}|${participantId}|${first}`))
        const isTooMuch = behind.reduce((sum, { update }) => sum + update.length, 0) > MAX_BEHIND_BYTES
        await this.saved.save(before, { cause: 'deletion', name: deletionName(deletionId), behind: isTooMuch ? [] : behind })
        await largeDeletion({ deletionId, participantId, revision: before.textRevision, lines })
      },
    })
  }

  get document(): CaseDocument {
    return this.#deps.document
  }

  /** Nobody is in it. */
  get isEmpty(): boolean {
    return this.#fanout.size === 0
  }
  get idle(): boolean {
    return this.isEmpty && !this.#lane.busy && !this.#compaction.running && !this.#watch?.isWaiting
  }

  head(): Promise<DraftHead> {
    return this.#lane.head()
  }
  refresh(): Promise<DraftHead> {
    return this.#lane.refresh()
  }

  /** Subscribes first, then answers with what the device lacks; what is stored in between arrives as frames. */
  async join(connection: DraftConnection, request: DraftJoinRequest): Promise<DraftJoined> {
    const { actor } = connection
    // Not only what this server remembers: the device may come from another one, with edits that were stored there.
    const first = await this.#lane.refresh()
    const owner = first.ownerOf(request.clientId)
    if (owner !== undefined && owner !== actor.id) throw new AppError({ kind: 'conflict', reason: 'drafting/foreign-author' })
    const free = request.storedIds.filter((id) => first.ownerOf(id) === undefined)
    if (free.length > 0) await this.#claim(actor.id, free)
    for (;;) {
      const known = await this.#lane.head()
      // A copy of another epoch may hold what was never stored here: it is given all of it, and drops what it has.
      const isOfHere = request.epoch === this.#deps.epoch && request.haveRevision > 0
      const enough = isOfHere && request.haveRevision >= this.#lane.snapshotRevision && request.haveRevision <= known.revision
      const snapshot = enough ? undefined : await this.#text.snapshot()
      const head = this.#lane.loadedHead
      const after = snapshot?.revision ?? (enough ? request.haveRevision : 0)
      // A compaction, here or elsewhere, may have overtaken the reading.
      if (!head || after < this.#lane.snapshotRevision || after > head.revision) {
        await this.#lane.refresh()
        continue
      }
      if (!connection.mayRead(this.#deps.document)) throw new AppError({ kind: 'not-found' })
      this.#fanout.enter({ connection, clientId: request.clientId, since: head.revision })
      return {
        epoch: this.#deps.epoch,
        generation: head.generation,
        haveRevision: head.revision,
        revision: head.textRevision,
        ...(this.#lane.anewAt > 0 && { anew: this.#lane.anewAt }),
        ...(snapshot && { snapshot: base64(snapshot.update) }),
        updates: this.#lane.tail.filter((entry) => entry.revision > after && entry.kind === 'update').map((entry) => base64(entry.plain)),
        ...(head.closed && { closed: head.closed }),
        ownIds: request.storedIds.filter((id) => head.ownerOf(id) === actor.id),
        fullness: Math.min(1, Math.max(this.#lane.bytes / MAX_DRAFT_BYTES, head.shareOf(actor.id))),
      }
    }
  }

  /** What people send waits until this is done. */
  async holdEdits<T>(run: () => Promise<T>): Promise<T> {
    const running = run()
    this.#held = running.catch(() => undefined)
    try {
      return await running
    } finally {
      this.#held = undefined
    }
  }

  /** Resolves with the number under which the edit rests: saved. */
  async edit(connection: DraftConnection, { kind, generation, update }: EditFrame): Promise<number> {
    const session = this.#fanout.sessionOf(connection)
    if (!session) return refused('conflict', 'drafting/not-joined')
    if (this.#held) await this.#held
    const by = connection.actor.id
    const author: EditAuthor = { by, under: kind === 'edit' ? { kind, clientId: session.clientId } : { kind } }
    const scan = this.#read(update, author)
    if (!scan) return refused('invalid', 'drafting/malformed')
    if (!this.#pieces.take(by, scan.structs.length + scan.deletes.length)) return refused('too-many', 'drafting/too-fast')
    // Taking words away makes room.
    if (this.#lane.bytes + update.length > (scan.run ? MAX_DRAFT_BYTES : MAX_DRAFT_BYTES + ROOM_FOR_DELETING)) {
      this.#compaction.defer(0)
      return refused('too-large', 'drafting/text-full')
    }
    const entry = { kind: 'update', by, plain: update, scan, origin: connection } as const
    // Looking claims nothing: an id becomes its person's by the first words under it, in one commit with them.
    const isFirst = scan.run !== undefined && this.#lane.loadedHead?.ownerOf(scan.run.client) === undefined
    const claimed = kind === 'edit' && isFirst ? this.#claim(by, [session.clientId]) : undefined
    try {
      const [saved] = await Promise.all([this.#lane.submit({ ...entry, judge: judgeEdit(author, generation, scan) }), claimed])
      return saved
    } catch (error) {
      if (!(error instanceof UncountedEdit)) throw error
      return this.#counter.inTurn(by, async () => {
        const counted = await this.#counter.count(update)
        return this.#lane.submit({ ...entry, counted, judge: judgeEdit(author, generation, scan, counted) })
      })
    }
  }

  #claim(by: ParticipantId, ids: readonly number[]): Promise<number> {
    return this.#lane.submit({ kind: 'claim', by, plain: encodeClaim(ids), judge: judgeClaim(by, ids) })
  }

  /** Most of what must be refused is refused by its first bytes. */
  #read(update: Uint8Array, { under }: EditAuthor): UpdateScan | undefined {
    const author = peekUpdate(update)?.author
    if (author && under.kind === 'edit' && author.client !== under.clientId)
      throw new AppError({ kind: 'forbidden', reason: 'drafting/foreign-author' })
    // While others wait to be stored, it may be one of them that this leans on.
    const head = this.#lane.busy ? undefined : this.#lane.loadedHead
    if (author && head && author.clock > head.clockOf(author.client)) throw new AppError({ kind: 'conflict', reason: 'drafting/gap' })
    return scanUpdate(update)
  }

  caret(connection: DraftConnection, move: CaretMove): void {
    if (!this.#fanout.sessionOf(connection)) return
    const device = this.#devices.get(connection) ?? this.#nextDevice++
    this.#devices.set(connection, device)
    const notice: CaretNotice = { ...move, participantId: connection.actor.id, device }
    this.#fanout.relay(connection, DRAFT_WIRE.caret, notice)
  }

  leave(connection: DraftConnection): void {
    this.#fanout.leave(connection)
    if (this.#fanout.size === 0) this.#compaction.defer()
  }

  /** Puts the closing entry right behind the text `textRevision`, or answers that somebody wrote. */
  async closeText(versionId: VersionId, textRevision: number): Promise<'closed' | 'somebody-wrote'> {
    await this.#lane.refresh()
    try {
      await this.#lane.submit({ kind: 'close', by: 'system', plain: encodeClose(versionId), judge: judgeClose(versionId, textRevision) })
      return 'closed'
    } catch (error) {
      if (error instanceof AppError && error.problem.kind === 'conflict') return 'somebody-wrote'
      throw error
    }
  }

  async reopenText(versionId: VersionId, kind: ReopenKind): Promise<void> {
    await this.#lane.refresh()
    await this.#lane.submit({ kind: 'reopen', by: 'system', plain: encodeReopen(kind), judge: judgeReopen(versionId) })
  }

  /** The text as it was closed for this version; undefined when it is no longer closed for it. Nothing is stored behind a close but claims. */
  async closedText(versionId: VersionId): Promise<SavedText | undefined> {
    for (;;) {
      const head = await this.#lane.refresh()
      if (head.closed !== versionId) return undefined
      const text = await this.#text.now()
      if (text) return text
    }
  }

  get anewAt(): number {
    return this.#lane.anewAt
  }

  /** As it stands here. */
  async textNow(): Promise<SavedText & { readonly generation: number }> {
    for (;;) {
      const text = await this.#text.now()
      if (text) return text
      await this.#lane.refresh()
    }
  }

  /** Stores an edit of the server's own: what was deleted, or put in its place, takes no room from it. Rejects with an OvertakenEdit when the text is another by now. */
  async writeOwn(update: Uint8Array, of: Pick<OwnEdit, 'clock' | 'generation'>): Promise<number> {
    const scan = scanUpdate(update)
    if (!scan || this.#lane.bytes + update.length > 2 * MAX_DRAFT_BYTES) return refused('too-large', 'drafting/text-full')
    const entry = { kind: 'update', by: 'system', plain: update, scan } as const
    try {
      return await this.#lane.submit({ ...entry, judge: judgeOwnEdit({ ...of, scan }) })
    } catch (error) {
      if (!(error instanceof UncountedEdit)) throw error
      const counted = await this.#counter.count(update)
      return this.#lane.submit({ ...entry, counted, judge: judgeOwnEdit({ ...of, scan, counted }) })
    }
  }

  /** Another document in the place of this one, right behind the text `textRevision`; resolves when it can be given to people. */
  async beginAnew(from: BegunFrom, textRevision: number): Promise<number> {
    const judge = judgeBeginAnew(from, textRevision)
    const revision = await this.#lane.submit({ kind: 'reopen', by: 'system', plain: encodeRestored(from), judge, endsBatch: true })
    await this.#lane.head()
    return revision
  }

  close(): void {
    this.#compaction.stop()
    this.#watch?.reset()
    this.#cancelSaving?.()
  }

  #stored(entries: readonly LaneEntry[]): void {
    this.#fanout.publish(entries, this.#lane.loadedHead?.generation ?? 1)
    this.#deps.announce(entries.at(-1)?.revision ?? 0)
    this.#watch?.saw(entries)
    if (entries.some((entry) => entry.kind === 'update')) this.#compaction.wrote()
  }

  /** Of the settlement, when something has changed and the last state is some minutes old. */
  async #saveSometimes(text: SavedText): Promise<void> {
    if (this.#deps.document.kind !== 'settlement') return
    const states = this.#lane.loadedHead?.saved ?? []
    const last = states.reduce((newest, { at }) => Math.max(newest, at), this.#openedAt)
    if (states.some(({ revision }) => revision >= text.textRevision)) return
    const left = last + SAVE_EVERY_MS - this.#deps.clock.now()
    if (left <= 0) return this.saved.save(text, { cause: 'minutes' })
    if (this.#cancelSaving) return
    this.#cancelSaving = this.#deps.timers.after(Math.min(left, SAVE_EVERY_MS), () => void this.#saveLater())
  }

  async #saveLater(): Promise<void> {
    this.#cancelSaving = undefined
    try {
      const text = await this.#text.now()
      if (text) await this.#saveSometimes(text)
    } catch (error) {
      this.#deps.onTrouble(error) // the text is there; it is saved after the next edit
    }
  }

  /** For a text that must be looked at before anybody may have it. What cannot even be opened gives way to the template. */
  async #orBeginAnew(opened: Promise<Compacted>): Promise<Compacted> {
    try {
      return await opened
    } catch (cause) {
      if (!(cause instanceof WorkerFailure && cause.isOwnFault)) throw cause
      this.#deps.onTrouble(cause)
      const { worker, cipher, firstUpdate } = this.#deps
      const made = await worker.begin(cipher.place.caseId, { updates: [await firstUpdate()] })
      return { ...made, state: 'unshowable' }
    }
  }
}

function refused(kind: ErrorKind, reason: DraftingReason): Promise<never> {
  return Promise.reject(new AppError({ kind, reason }))
}
