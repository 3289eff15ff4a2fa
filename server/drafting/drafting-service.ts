// What the documents of one server do for the connections of their people, and what other capabilities may ask of them.
import { makeTokenBucket } from '#server/realtime/token-bucket.ts'
import type { DocumentPlace } from '#server/storage/ports.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import type { ClosingFacts } from '#shared/drafting/closing/closing-facts.ts'
import type { ClosingCheck, DraftHead } from '#shared/drafting/draft-facts.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { serialQueues } from '#shared/kernel/serial-queue.ts'
import { type DocumentSessions, makeDocumentSessions, type PersonalLimits } from './document-sessions.ts'
import type { DraftConnection } from './draft-connection.ts'
import type { DraftRoom } from './draft-room.ts'
import { type FreezeDeps, settleDraft } from './freeze-draft.ts'
import { makeOpenRooms, type OpenRoomsDeps } from './open-rooms.ts'

export interface DraftingDeps extends Omit<FreezeDeps, 'worker'>, Omit<OpenRoomsDeps, 'isBusy' | 'snapshotCacheBytes'> {
  readonly limits?: Partial<DraftLimits>
}

interface DraftLimits {
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

export interface Drafting {
  attach(connection: DraftConnection): DocumentSessions
  /** Of the settlement. */
  head(caseId: CaseId): Promise<DraftHead>
  /** The numbers of the settlement's saved states. */
  savedStates(caseId: CaseId): Promise<readonly number[]>
  /** What stands in the way of closing the settlement as it stands. */
  closing(caseId: CaseId, facts: ClosingFacts): Promise<ClosingCheck>
  /** After each event of drafting and when a case is loaded: does what is still to be done. Tries again by itself while it fails. */
  settle(caseId: CaseId): Promise<void>
  /** Another server has stored something in this document. */
  notice(place: DocumentPlace, revision: number): Promise<void>
  openDocuments(): readonly DocumentPlace[]
  close(): Promise<void>
}

const RETRY_MS = 5_000

export function makeDrafting(deps: DraftingDeps): Drafting {
  const limits = { ...LIMITS, ...deps.limits }
  const { clock, timers } = deps
  const settling = serialQueues<CaseId>()
  const rooms = makeOpenRooms({ ...deps, snapshotCacheBytes: limits.snapshotCacheBytes, isBusy: settling.isBusy })
  const settlementRoom = (caseId: CaseId): Promise<DraftRoom> => rooms.of(caseId, settlementOf(caseId))
  const personal = personalLimits(clock, limits)
  let open = true

  function settle(caseId: CaseId): Promise<void> {
    const settled = settling.run(caseId, async () => settleDraft(deps, caseId, await settlementRoom(caseId)))
    return settled.catch((error: unknown) => {
      deps.onTrouble(error) // a full disk, a lost database: what is half done stays to be done
      if (open) timers.after(RETRY_MS, () => void settle(caseId))
    })
  }

  return {
    attach: (connection) => makeDocumentSessions({ limits: personal, timers, roomOf: rooms.of, left: rooms.left }, connection),

    async head(caseId) {
      const { textRevision, generation } = await (await settlementRoom(caseId)).refresh()
      return { revision: textRevision, generation }
    },

    async savedStates(caseId) {
      const { saved } = await (await settlementRoom(caseId)).refresh()
      return saved.map(({ revision }) => revision)
    },

    async closing(caseId, facts) {
      const room = await settlementRoom(caseId)
      await room.refresh()
      const { textRevision: revision, ...text } = await room.own.textNow()
      return { revision, faults: await deps.worker.closing(caseId, { ...text, facts }).catch(tooLong) }
    },

    settle,

    async notice(place, revision) {
      const room = await rooms.find(place)
      if (room && (await room.head()).revision < revision) await room.refresh()
    },

    openDocuments: rooms.places,

    async close() {
      open = false
      await rooms.close()
    },
  }
}

function personalLimits(clock: Clock, limits: DraftLimits): PersonalLimits {
  return {
    joins: makeTokenBucket({ clock, burst: 20, perSecond: 1 }),
    edits: makeTokenBucket({ clock, burst: limits.editsBurst, perSecond: limits.editsPerSecond }),
    sizes: makeTokenBucket({ clock, burst: limits.sizeBurst, perSecond: limits.sizePerSecond }),
    sizePerSecond: limits.sizePerSecond,
    carets: makeTokenBucket({ clock, burst: 40, perSecond: 20 }),
  }
}

/** A text that breaks the limits of reading it is at fault itself; where there was no room for the task, it can be asked again. */
function tooLong(error: unknown): ClosingCheck['faults'] {
  if (!(error instanceof WorkerFailure)) throw error
  if (!error.isOwnFault) throw new AppError({ kind: 'unavailable' }, { cause: error })
  return [{ kind: 'too-long', found: '' }]
}
