// All drafts of one server: opened when somebody comes, dropped when nobody is there; and what other capabilities may ask of them.

import { makeTokenBucket } from '#server/realtime/token-bucket.ts'
import type { DraftStore } from '#server/storage/ports.ts'
import type { DocumentNode } from '#shared/document/document-node.ts'
import type { DraftHead } from '#shared/drafting/draft-facts.ts'
import { decodeEdit } from '#shared/drafting/draft-frames.ts'
import { caretMove, type DraftJoined, draftJoinRequest } from '#shared/drafting/draft-wire.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { DraftConnection } from './draft-connection.ts'
import type { DraftSealers } from './draft-entries.ts'
import { DraftRoom } from './draft-room.ts'
import { type FreezeDeps, settleDraft } from './freeze-draft.ts'
import { SnapshotCache } from './snapshot-cache.ts'
import type { Workshop } from './workshop.ts'

export interface DraftingDeps extends Omit<FreezeDeps, 'workshop'> {
  readonly store: DraftStore
  readonly sealers: DraftSealers
  readonly clock: Clock
  readonly timers: Timers
  readonly workshop: Workshop
  /** What a new draft starts with. */
  readonly skeleton: (caseId: CaseId) => Promise<DocumentNode>
  /** For other servers: this draft now stands at u. */
  readonly announce?: (caseId: CaseId, u: number) => void
  readonly onTrouble: (error: unknown) => void
  readonly limits?: Partial<DraftLimits>
}

export interface DraftLimits {
  readonly editsBurst: number
  readonly editsPerSecond: number
  /** Kilobytes of edits. */
  readonly sizeBurst: number
  readonly sizePerSecond: number
  readonly snapshotCacheBytes: number
}
const LIMITS: DraftLimits = {
  editsBurst: 2_000,
  editsPerSecond: 500,
  sizeBurst: 3_072,
  sizePerSecond: 64,
  snapshotCacheBytes: 32 * 1024 * 1024,
}

/** What one device may ask of its case's draft. Answers or throws an AppError; the socket's translator does the rest. */
export interface DraftDesk {
  join(request: unknown): Promise<DraftJoined>
  /** Resolves with the number under which the edit is saved. */
  frame(text: unknown): Promise<number>
  caret(payload: unknown): void
  leave(): void
}

export interface Drafting {
  attach(connection: DraftConnection): DraftDesk
  head(caseId: CaseId): Promise<DraftHead>
  /** After each event of drafting and when a case is loaded: does what is still to be done. Tries again by itself while it fails. */
  settle(caseId: CaseId): Promise<void>
  /** Another server has stored something in this draft. */
  notice(caseId: CaseId, u: number): Promise<void>
  openDrafts(): readonly CaseId[]
  close(): Promise<void>
}

const KEEP_IDLE_MS = 30_000
const RETRY_MS = 5_000

export function makeDrafting(deps: DraftingDeps): Drafting {
  const limits = { ...LIMITS, ...deps.limits }
  const { clock, timers } = deps
  const rooms = new Map<CaseId, Promise<DraftRoom>>()
  const snapshots = new SnapshotCache(limits.snapshotCacheBytes)
  const edits = makeTokenBucket({ clock, burst: limits.editsBurst, perSecond: limits.editsPerSecond })
  const sizes = makeTokenBucket({ clock, burst: limits.sizeBurst, perSecond: limits.sizePerSecond })
  const joins = makeTokenBucket({ clock, burst: 20, perSecond: 1 })
  const carets = makeTokenBucket({ clock, burst: 40, perSecond: 20 })
  const settling = new Map<CaseId, Promise<void>>()
  let open = true

  async function openRoom(caseId: CaseId): Promise<DraftRoom> {
    return new DraftRoom(caseId, {
      store: deps.store,
      sealer: await deps.sealers(caseId),
      clock,
      timers,
      workshop: deps.workshop,
      snapshots,
      firstUpdate: async () => deps.workshop.start(caseId, await deps.skeleton(caseId)),
      announce: (u) => deps.announce?.(caseId, u),
      onTrouble: deps.onTrouble,
    })
  }

  /** One room for each draft: who comes while it opens waits for the same one. */
  function roomOf(caseId: CaseId): Promise<DraftRoom> {
    const known = rooms.get(caseId)
    if (known) return known
    const opening = openRoom(caseId)
    rooms.set(caseId, opening)
    opening.catch(() => rooms.delete(caseId))
    return opening
  }

  function dropWhenIdle(caseId: CaseId): void {
    timers.after(KEEP_IDLE_MS, () => {
      void rooms.get(caseId)?.then((room) => {
        if (!room.idle || settling.has(caseId)) return
        room.close()
        rooms.delete(caseId)
        snapshots.drop(caseId)
      })
    })
  }

  function settle(caseId: CaseId): Promise<void> {
    const before = settling.get(caseId) ?? Promise.resolve()
    const next = before
      .then(async () => settleDraft(deps, caseId, await roomOf(caseId)))
      .catch((error: unknown) => {
        deps.onTrouble(error) // a full disk, a lost database: what is half done stays to be done
        if (open) timers.after(RETRY_MS, () => void settle(caseId))
      })
      .finally(() => {
        if (settling.get(caseId) === next) settling.delete(caseId)
      })
    settling.set(caseId, next)
    return next
  }

  return {
    attach(connection) {
      const { caseId, id } = connection.actor
      let room: DraftRoom | undefined
      let visit = 0
      return {
        async join(request) {
          if (!joins.take(id)) throw tooFast(1)
          const parsed = safeParse(draftJoinRequest, request)
          if (!connection.mayRead()) throw new AppError({ kind: 'not-found' })
          const mine = visit
          const opened = await roomOf(caseId)
          if (visit === mine) room = opened
          const joined = await opened.join(connection, parsed)
          if (visit !== mine) opened.leave(connection) // gone while it was being opened
          return joined
        },
        async frame(text) {
          if (!connection.mayRead()) throw new AppError({ kind: 'not-found' })
          if (!connection.mayWrite()) throw new AppError({ kind: 'conflict', reason: 'drafting/no-session' })
          if (!room) throw new AppError({ kind: 'conflict', reason: 'drafting/not-joined' })
          if (!edits.take(id)) throw tooFast(1)
          // Counted before it is read: one person's large edits one after another are work for everybody's server.
          if (!sizes.take(id, sizeOf(text))) throw tooFast(Math.ceil(sizeOf(text) / limits.sizePerSecond))
          const decoded = decodeEdit(text)
          if (!decoded.ok) {
            if (decoded.fault === 'too-large') throw new AppError({ kind: 'too-large', reason: 'drafting/edit-too-large' })
            throw new AppError({ kind: 'invalid', reason: 'drafting/malformed' })
          }
          return room.edit(connection, decoded.frame)
        },
        caret(payload) {
          if (!room || !connection.mayRead() || !carets.take(id)) return
          const move = caretMove.safeParse(payload)
          if (move.success) room.caret(connection, move.data)
        },
        leave() {
          visit++
          room?.leave(connection)
          if (room?.idle) dropWhenIdle(caseId)
          room = undefined
        },
      }
    },

    async head(caseId) {
      const { textU, generation } = await (await roomOf(caseId)).refresh()
      return { u: textU, generation }
    },

    settle,

    async notice(caseId, u) {
      const room = await rooms.get(caseId)
      if (room && (await room.head()).u < u) await room.refresh()
    },

    openDrafts: () => [...rooms.keys()],

    async close() {
      open = false
      for (const room of await Promise.allSettled(rooms.values())) if (room.status === 'fulfilled') room.value.close()
    },
  }
}

function tooFast(seconds: number): AppError {
  return new AppError({ kind: 'too-many', reason: 'drafting/too-fast', details: { seconds } })
}

/** Kilobytes, of whatever was sent. */
function sizeOf(text: unknown): number {
  return typeof text === 'string' ? Math.ceil(text.length / 1024) : 1
}
