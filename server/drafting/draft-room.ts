// One open document: its lane, the people in it, and the care for its size. What a connection may ask for ends here.

import type { RecentlyUsed } from '#server/kernel/recently-used.ts'
import { stepId } from '#server/log/step-id.ts'
import { makeTokenBucket, type TokenBucket } from '#server/realtime/token-bucket.ts'
import type { DraftStore } from '#server/storage/ports.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import type { EditFrame } from '#shared/drafting/draft-frames.ts'
import { type CaretMove, type CaretNotice, DRAFT_WIRE, type DraftJoined, type DraftJoinRequest } from '#shared/drafting/draft-wire.ts'
import type { LargeDeletion } from '#shared/drafting/restoring-state.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type DeletionId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { Compaction } from './compaction.ts'
import { DeletionWatch } from './deletion-watch.ts'
import type { DocumentCipher } from './document-cipher.ts'
import { DocumentText } from './document-text.ts'
import type { DraftConnection } from './draft-connection.ts'
import { encodeClaim, keyOfPlace, type PlainSnapshot } from './draft-entries.ts'
import { DraftFanout } from './draft-fanout.ts'
import type { DraftHead, EditAuthor } from './draft-head.ts'
import { DraftLane, type LaneEntry } from './draft-lane.ts'
import { judgeClaim, judgeEdit, UncountedEdit } from './draft-queue.ts'
import type { Compacted } from './draft-tasks.ts'
import { EditCounter } from './edit-counter.ts'
import type { DraftWorker } from './open-draft-worker.ts'
import { MAX_DRAFT_BYTES, OwnEntries, refused } from './own-entries.ts'
import type { RecentTyping } from './recent-typing.ts'
import { RegularSaving } from './regular-saving.ts'
import { deletionName } from './saved-states.ts'
import { StateKeeper } from './state-keeper.ts'
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
  readonly snapshots: RecentlyUsed<string, PlainSnapshot>
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

const ROOM_FOR_DELETING = 256 * 1024
/** Pieces and deletions that one person may send: a pasted agreement has five thousand, a fast typist makes ten a second. */
const PIECES = { burst: 60_000, perSecond: 200 } as const
/** What was written since a deletion began is kept with its state; of more than this the state alone. */
const MAX_BEHIND_BYTES = 4 * 1024 * 1024
export class DraftRoom {
  readonly #deps: DraftRoomDeps
  readonly #lane: DraftLane
  readonly #text: DocumentText
  /** The saved states of the text. */
  readonly saved: StateKeeper
  /** What the server itself does to the text. */
  readonly own: OwnEntries
  #held: Promise<unknown> | undefined
  /** Of the settlement alone. */
  readonly #saving: RegularSaving | undefined
  readonly #fanout: DraftFanout
  readonly #compaction: Compaction
  /** Of the settlement alone. */
  #watch: DeletionWatch | undefined
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
        snapshots.set(keyOfPlace(cipher.place), snapshot)
        this.#watch?.compacted(snapshot)
      },
      onGap: ({ anotherDocument }) => {
        if (anotherDocument) this.#watch?.reset()
        else this.#watchAnew()
        this.#fanout.sendAllToRejoin()
      },
    })
    this.#text = new DocumentText({ ...deps, lane: this.#lane })
    this.#counter = new EditCounter({ caseId, worker, text: () => this.#text.now() })
    this.saved = new StateKeeper({ ...deps, lane: this.#lane })
    this.own = new OwnEntries({ lane: this.#lane, text: this.#text, counter: this.#counter })
    this.#pieces = makeTokenBucket({ clock: deps.clock, ...PIECES })
    const isSettlement = document.kind === 'settlement'
    this.#watch = isSettlement ? this.#watchFor(deps) : undefined
    this.#saving = isSettlement
      ? new RegularSaving({ ...deps, lane: this.#lane, saved: this.saved, text: () => this.#text.now() })
      : undefined
    this.#compaction = new Compaction({
      ...deps,
      lane: this.#lane,
      text: () => this.#text.now(),
      compact: (text) => worker.compact(caseId, text),
      isInUse: () => this.#fanout.size > 0,
      beforeKeeping: async () => this.#watch?.holdsText(),
      onCompacted: async (text) => this.#saving?.compacted(text),
    })
  }

  /** Another server has compacted what lies between: what was seen before it is told now, since nothing later can be put behind it. */
  #watchAnew(): void {
    const before = this.#watch
    if (!before) return
    this.#watch = this.#watchFor(this.#deps, before.typing)
    void before.tellNow().finally(() => before.reset())
  }

  #watchFor({ clock, timers, worker, cipher, language, largeDeletion, onTrouble }: DraftRoomDeps, typing?: RecentTyping): DeletionWatch {
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
      ...(typing && { typing }),
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

  get anewAt(): number {
    return this.#lane.anewAt
  }

  head(): Promise<DraftHead> {
    return this.#lane.head()
  }
  refresh(): Promise<DraftHead> {
    return this.#lane.refresh()
  }

  /** Whose edits have reached it behind that number, in an order that tells nothing of when. */
  async writersAfter(revision: number): Promise<readonly ParticipantId[]> {
    await this.#lane.refresh()
    return this.#lane.writers.after(revision).toSorted()
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

  /** What is still to be told of it is told, then it is closed. */
  async end(): Promise<void> {
    await this.#watch?.tellNow()
    this.close()
  }

  close(): void {
    this.#compaction.stop()
    this.#watch?.reset()
    this.#saving?.stop()
  }

  #stored(entries: readonly LaneEntry[]): void {
    this.#fanout.publish(entries, this.#lane.loadedHead?.generation ?? 1)
    this.#deps.announce(entries.at(-1)?.revision ?? 0)
    this.#watch?.saw(entries)
    if (entries.some((entry) => entry.kind === 'update')) this.#compaction.wrote()
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
