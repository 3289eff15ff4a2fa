// One open draft: its lane, the people in it, and the care for its size. What a connection may ask for ends here.
import type { DraftStore } from '#server/storage/ports.ts'
import type { EditFrame } from '#shared/drafting/draft-frames.ts'
import type { CaretMove, CaretNotice, DraftJoined, DraftJoinRequest } from '#shared/drafting/draft-wire.ts'
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError, type ErrorKind } from '#shared/kernel/errors.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { DraftConnection } from './draft-connection.ts'
import {
  type DraftSealer,
  decodeSnapshot,
  encodeClaim,
  encodeClose,
  encodeReopen,
  encodeSnapshot,
  type PlainSnapshot,
  type ReopenKind,
  snapshotContext,
} from './draft-entries.ts'
import { DraftFanout } from './draft-fanout.ts'
import type { DraftHead } from './draft-head.ts'
import { DraftLane, type LaneEntry } from './draft-lane.ts'
import { judgeClaim, judgeClose, judgeEdit, judgeReopen } from './draft-queue.ts'
import type { SnapshotCache } from './snapshot-cache.ts'
import { scanUpdate } from './update-scan.ts'
import type { Workshop } from './workshop.ts'
import type { DraftText } from './workshop-tasks.ts'

export interface DraftRoomDeps {
  readonly store: DraftStore
  readonly sealer: DraftSealer
  readonly clock: Clock
  readonly timers: Timers
  readonly workshop: Pick<Workshop, 'compact'>
  readonly snapshots: SnapshotCache
  readonly firstUpdate: () => Promise<Uint8Array>
  /** Told after entries of this server are stored; for other servers. */
  readonly announce: (u: number) => void
  /** A failure that harms nobody now: the draft stays uncompacted. */
  readonly onTrouble: (error: unknown) => void
}

/** What a draft may grow to, compacted; a hundred pages edited for weeks stay below a quarter of it. */
const MAX_DRAFT_BYTES = 2 * 1024 * 1024
const COMPACT_AFTER_MS = 2_000
const COMPACT_AT_ENTRIES = 2_000
const COMPACT_AT_BYTES = 192 * 1024

export class DraftRoom {
  readonly #caseId: CaseId
  readonly #deps: DraftRoomDeps
  readonly #lane: DraftLane
  readonly #fanout = new DraftFanout()
  #lastEntryAt = 0
  #cancelTimer: (() => void) | undefined
  #compacting = false
  #nextDevice = 1
  readonly #devices = new WeakMap<DraftConnection, number>()

  constructor(caseId: CaseId, deps: DraftRoomDeps) {
    this.#caseId = caseId
    this.#deps = deps
    this.#lane = new DraftLane(caseId, {
      ...deps,
      onStored: (entries) => this.#stored(entries),
      onGap: () => this.#fanout.sendAllToRejoin(this.#lane.loadedHead?.u ?? 0),
    })
  }

  get idle(): boolean {
    return this.#fanout.size === 0 && !this.#lane.busy && !this.#compacting
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
    const free = request.storedIds.filter((id) => first.ownerOf(id) === undefined)
    const claim = encodeClaim([request.clientId, ...free])
    await this.#lane.submit({ kind: 'claim', by: actor.id, plain: claim, judge: judgeClaim(actor.id, [request.clientId, ...free]) })
    for (;;) {
      const known = await this.#lane.head()
      const enough = request.haveU > 0 && request.haveU >= this.#lane.snapshotU && request.haveU <= known.u
      const snapshot = enough ? undefined : await this.#snapshot()
      const head = this.#lane.loadedHead
      const after = snapshot?.u ?? (enough ? request.haveU : 0)
      // A compaction, here or elsewhere, may have overtaken the reading.
      if (!head || after < this.#lane.snapshotU || after > head.u) {
        await this.#lane.refresh()
        continue
      }
      if (!connection.mayRead()) throw new AppError({ kind: 'not-found' })
      this.#fanout.take({ connection, clientId: request.clientId, since: head.u })
      return {
        generation: head.generation,
        haveU: head.u,
        u: head.textU,
        ...(snapshot && { snapshot: base64(snapshot.update) }),
        updates: this.#lane.tail.filter((entry) => entry.u > after && entry.kind === 'update').map((entry) => base64(entry.plain)),
        ...(head.closed && { closed: head.closed }),
        ownIds: request.storedIds.filter((id) => head.ownerOf(id) === actor.id),
        fullness: Math.min(1, this.#lane.bytes / MAX_DRAFT_BYTES),
      }
    }
  }

  /** Resolves with the number under which the edit rests: saved. */
  edit(connection: DraftConnection, { kind, generation, update }: EditFrame): Promise<number> {
    const seat = this.#fanout.seatOf(connection)
    if (!seat) return refused('conflict', 'drafting/not-joined')
    const scan = scanUpdate(update)
    if (!scan) return refused('invalid', 'drafting/malformed')
    if (this.#lane.bytes + update.length > MAX_DRAFT_BYTES) {
      this.#compactSoon(0)
      return refused('too-large', 'drafting/text-full')
    }
    const by = connection.actor.id
    const under = kind === 'edit' ? ({ kind, clientId: seat.clientId } as const) : ({ kind } as const)
    return this.#lane.submit({
      kind: 'update',
      by,
      plain: update,
      scan,
      origin: connection,
      judge: judgeEdit({ by, under }, generation, scan),
    })
  }

  caret(connection: DraftConnection, move: CaretMove): void {
    if (!this.#fanout.seatOf(connection)) return
    const device = this.#devices.get(connection) ?? this.#nextDevice++
    this.#devices.set(connection, device)
    const notice: CaretNotice = { ...move, participantId: connection.actor.id, device }
    this.#fanout.relay(connection, WIRE.draftCaret, notice)
  }

  leave(connection: DraftConnection): void {
    this.#fanout.leave(connection)
  }

  /** Puts the closing entry right behind the text `textU`, or answers that somebody wrote. */
  async closeText(versionId: VersionId, textU: number): Promise<'closed' | 'somebody-wrote'> {
    await this.#lane.refresh()
    try {
      await this.#lane.submit({ kind: 'close', by: 'system', plain: encodeClose(versionId), judge: judgeClose(versionId, textU) })
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
  async closedText(versionId: VersionId): Promise<DraftText | undefined> {
    for (;;) {
      const head = await this.#lane.refresh()
      if (head.closed !== versionId) return undefined
      const text = await this.#text()
      if (text) return text
    }
  }

  close(): void {
    this.#cancelTimer?.()
  }

  async #text(): Promise<(DraftText & { readonly u: number; readonly textU: number }) | undefined> {
    const snapshot = await this.#snapshot()
    const head = this.#lane.loadedHead
    const from = snapshot?.u ?? 0
    if (!head || from < this.#lane.snapshotU || from > head.u) return undefined
    const updates = this.#lane.tail.filter((entry) => entry.u > from && entry.kind === 'update').map((entry) => entry.plain)
    return { ...(snapshot && { snapshot: snapshot.update }), updates, u: head.u, textU: head.textU }
  }

  async #snapshot(): Promise<PlainSnapshot | undefined> {
    const held = this.#deps.snapshots.get(this.#caseId)
    if (held && held.u >= this.#lane.snapshotU) return held
    if (this.#lane.snapshotU === 0) return undefined
    const stored = await this.#deps.store.snapshot(this.#caseId)
    if (!stored) return undefined
    const snapshot = decodeSnapshot(stored.u, this.#deps.sealer.open(snapshotContext(this.#caseId, stored.u), stored.sealed))
    this.#deps.snapshots.put(this.#caseId, snapshot)
    return snapshot
  }

  #stored(entries: readonly LaneEntry[]): void {
    this.#fanout.publish(entries, this.#lane.loadedHead?.generation ?? 1)
    this.#deps.announce(entries.at(-1)?.u ?? 0)
    if (!entries.some((entry) => entry.kind === 'update')) return
    this.#lastEntryAt = this.#deps.clock.now()
    const long = this.#lane.tail.length > COMPACT_AT_ENTRIES || this.#lane.tailBytes > COMPACT_AT_BYTES
    this.#compactSoon(long ? 0 : COMPACT_AFTER_MS)
  }

  /** One timer at a time; when it rings too early it is wound again, so that typing costs no timer per key. */
  #compactSoon(delay: number): void {
    if (this.#compacting || (this.#cancelTimer && delay > 0)) return
    this.#cancelTimer?.()
    this.#cancelTimer = this.#deps.timers.after(delay, () => {
      this.#cancelTimer = undefined
      const quietFor = this.#deps.clock.now() - this.#lastEntryAt
      if (delay > 0 && quietFor >= 0 && quietFor < COMPACT_AFTER_MS) this.#compactSoon(COMPACT_AFTER_MS - quietFor)
      else void this.#compact()
    })
  }

  /** Never while closed: freezing reads what lies behind the snapshot, up to the closing entry. */
  async #compact(): Promise<void> {
    const head = this.#lane.loadedHead
    if (this.#compacting || !head || head.closed !== undefined || this.#lane.tail.length === 0) return
    this.#compacting = true
    try {
      const text = await this.#text()
      if (!text) return
      const { update, stateVector } = await this.#deps.workshop.compact(this.#caseId, text)
      const plain: PlainSnapshot = { u: text.u, textU: text.textU, stateVector, update }
      const sealed = this.#deps.sealer.seal(snapshotContext(this.#caseId, text.u), encodeSnapshot(plain))
      await this.#deps.store.compact({ caseId: this.#caseId, u: text.u, sealed })
      this.#deps.snapshots.put(this.#caseId, plain)
      this.#lane.compacted(text.u, update.length)
    } catch (error) {
      this.#deps.onTrouble(error) // the entries are all there; the next edit tries again
    } finally {
      this.#compacting = false
    }
  }
}

function refused(kind: ErrorKind, reason: DraftingReason): Promise<never> {
  return Promise.reject(new AppError({ kind, reason }))
}
