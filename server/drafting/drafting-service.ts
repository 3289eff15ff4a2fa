// All documents of one server: opened when somebody comes, dropped when nobody is there; and what other capabilities may ask of them.

import { makeTokenBucket } from '#server/realtime/token-bucket.ts'
import type { DocumentPlace, DraftStore } from '#server/storage/ports.ts'
import { type CaseDocument, settlementOf } from '#shared/document/case-documents.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import type { DraftHead } from '#shared/drafting/draft-facts.ts'
import { deletionReport } from '#shared/drafting/restoring-protocol.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { serialQueues } from '#shared/kernel/serial-queue.ts'
import { type AudienceCiphers, DocumentCipher } from './document-cipher.ts'
import { type DocumentSessions, makeDocumentSessions, type PersonalLimits } from './document-sessions.ts'
import type { DraftConnection } from './draft-connection.ts'
import { keyOfPlace } from './draft-entries.ts'
import { DraftRoom } from './draft-room.ts'
import { type FreezeDeps, settleDraft } from './freeze-draft.ts'
import type { DraftWorker } from './open-draft-worker.ts'
import { SnapshotCache } from './snapshot-cache.ts'

export interface DraftingDeps extends Omit<FreezeDeps, 'worker'> {
  readonly store: DraftStore
  readonly ciphers: AudienceCiphers
  readonly clock: Clock
  readonly timers: Timers
  /** Of the installation, from 1; raised by a restore from a backup. */
  readonly epoch: number
  readonly worker: DraftWorker
  /** What the settlement of a case starts with. */
  readonly template: (caseId: CaseId) => Promise<readonly DocumentBlock[]>
  /** For other servers: this document now stands at `revision`. */
  readonly announce?: (place: DocumentPlace, revision: number) => void
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

export interface Drafting {
  attach(connection: DraftConnection): DocumentSessions
  /** Of the settlement. */
  head(caseId: CaseId): Promise<DraftHead>
  /** The numbers of the settlement's saved states. */
  savedStates(caseId: CaseId): Promise<readonly number[]>
  /** After each event of drafting and when a case is loaded: does what is still to be done. Tries again by itself while it fails. */
  settle(caseId: CaseId): Promise<void>
  /** Another server has stored something in this document. */
  notice(place: DocumentPlace, revision: number): Promise<void>
  openDocuments(): readonly DocumentPlace[]
  close(): Promise<void>
}

const KEEP_IDLE_MS = 30_000
const RETRY_MS = 5_000
const NOTE_START: readonly DocumentBlock[] = [block('b1', 'paragraph', 0)]

interface OpenRoom {
  readonly place: DocumentPlace
  readonly room: Promise<DraftRoom>
}

export function makeDrafting(deps: DraftingDeps): Drafting {
  const limits = { ...LIMITS, ...deps.limits }
  const { clock, timers } = deps
  const rooms = new Map<string, OpenRoom>()
  const snapshots = new SnapshotCache(limits.snapshotCacheBytes)
  const personal: PersonalLimits = {
    joins: makeTokenBucket({ clock, burst: 20, perSecond: 1 }),
    edits: makeTokenBucket({ clock, burst: limits.editsBurst, perSecond: limits.editsPerSecond }),
    sizes: makeTokenBucket({ clock, burst: limits.sizeBurst, perSecond: limits.sizePerSecond }),
    sizePerSecond: limits.sizePerSecond,
    carets: makeTokenBucket({ clock, burst: 40, perSecond: 20 }),
  }
  const settling = serialQueues<CaseId>()
  let open = true

  async function openRoom(place: DocumentPlace, document: CaseDocument): Promise<DraftRoom> {
    const { caseId } = place
    const language = () => deps.language(caseId)
    return new DraftRoom({
      document,
      store: deps.store,
      cipher: new DocumentCipher(place, await deps.ciphers(caseId, document.audience)),
      clock,
      timers,
      epoch: deps.epoch,
      worker: deps.worker,
      snapshots,
      language,
      async firstUpdate() {
        const blocks = document.kind === 'settlement' ? await deps.template(caseId) : NOTE_START
        return deps.worker.start(caseId, { blocks, language: await language() })
      },
      announce: (revision) => deps.announce?.(place, revision),
      async largeDeletion(deletion) {
        await deps.runSystem(caseId, deletionReport, deletion, `deletion|${deletion.deletionId}`)
      },
      onTrouble: deps.onTrouble,
    })
  }

  /** One room for each document: who comes while it opens waits for the same one. */
  function roomOf(caseId: CaseId, document: CaseDocument): Promise<DraftRoom> {
    const place = { caseId, documentId: document.id }
    const key = keyOfPlace(place)
    const known = rooms.get(key)
    if (known) return known.room
    const room = openRoom(place, document)
    rooms.set(key, { place, room })
    room.catch(() => rooms.delete(key))
    return room
  }

  function settlementRoom(caseId: CaseId): Promise<DraftRoom> {
    return roomOf(caseId, settlementOf(caseId))
  }

  function dropWhenIdle(place: DocumentPlace): void {
    timers.after(KEEP_IDLE_MS, () => {
      void rooms.get(keyOfPlace(place))?.room.then((room) => {
        if (!room.isEmpty || !open) return
        if (!room.idle || settling.isBusy(place.caseId)) return dropWhenIdle(place)
        room.close()
        rooms.delete(keyOfPlace(place))
        snapshots.drop(place)
      })
    })
  }

  function settle(caseId: CaseId): Promise<void> {
    const settled = settling.run(caseId, async () => settleDraft(deps, caseId, await settlementRoom(caseId)))
    return settled.catch((error: unknown) => {
      deps.onTrouble(error) // a full disk, a lost database: what is half done stays to be done
      if (open) timers.after(RETRY_MS, () => void settle(caseId))
    })
  }

  const left = (caseId: CaseId, room: DraftRoom): void => {
    if (room.isEmpty) dropWhenIdle({ caseId, documentId: room.document.id })
  }

  return {
    attach: (connection) => makeDocumentSessions({ limits: personal, timers, roomOf, left }, connection),

    async head(caseId) {
      const { textRevision, generation } = await (await settlementRoom(caseId)).refresh()
      return { revision: textRevision, generation }
    },

    async savedStates(caseId) {
      const { saved } = await (await settlementRoom(caseId)).refresh()
      return saved.map(({ revision }) => revision)
    },

    settle,

    async notice(place, revision) {
      const room = await rooms.get(keyOfPlace(place))?.room
      if (room && (await room.head()).revision < revision) await room.refresh()
    },

    openDocuments: () => [...rooms.values()].map(({ place }) => place),

    async close() {
      open = false
      const all = await Promise.allSettled([...rooms.values()].map(({ room }) => room))
      for (const room of all) if (room.status === 'fulfilled') room.value.close()
    },
  }
}
