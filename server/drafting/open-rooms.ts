// The documents that this server holds in memory: opened when somebody comes, dropped when nobody has been there for a while.
import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import type { DocumentPlace, DraftStore } from '#server/storage/ports.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { deletionReport } from '#shared/drafting/restoring-protocol.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type AudienceCiphers, DocumentCipher } from './document-cipher.ts'
import { keyOfPlace, type PlainSnapshot } from './draft-entries.ts'
import { DraftRoom, type DraftRoomDeps } from './draft-room.ts'
import type { FreezeDeps } from './freeze-draft.ts'
import type { DraftWorker } from './open-draft-worker.ts'

export interface OpenRoomsDeps extends Pick<FreezeDeps, 'language' | 'runSystem'> {
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
  /** The snapshots that were asked for last are kept in clear: a warm document opens without the disk, and a thousand open ones need no more memory than a few. */
  readonly snapshotCacheBytes: number
  /** Something is done to the documents of this case besides what people do. */
  readonly isBusy: (caseId: CaseId) => boolean
}

interface OpenRooms {
  /** One room for each document: who comes while it opens waits for the same one. */
  of(caseId: CaseId, document: CaseDocument): Promise<DraftRoom>
  /** Only if it is open. */
  find(place: DocumentPlace): Promise<DraftRoom> | undefined
  places(): readonly DocumentPlace[]
  /** Somebody has left it. */
  left(caseId: CaseId, room: DraftRoom): void
  close(): Promise<void>
}

interface OpenRoom {
  readonly place: DocumentPlace
  readonly room: Promise<DraftRoom>
}

const KEEP_IDLE_MS = 30_000
const NOTE_START: readonly DocumentBlock[] = [block('b1', 'paragraph', 0)]

export function makeOpenRooms(deps: OpenRoomsDeps): OpenRooms {
  const rooms = new Map<string, OpenRoom>()
  const snapshots = new RecentlyUsed<string, PlainSnapshot>(deps.snapshotCacheBytes, ({ update }) => update.length)
  let open = true

  function of(caseId: CaseId, document: CaseDocument): Promise<DraftRoom> {
    const place = { caseId, documentId: document.id }
    const key = keyOfPlace(place)
    const known = rooms.get(key)
    if (known) return known.room
    const room = openRoom(deps, snapshots, place, document)
    rooms.set(key, { place, room })
    room.catch(() => rooms.delete(key))
    return room
  }

  function dropWhenIdle(place: DocumentPlace): void {
    deps.timers.after(KEEP_IDLE_MS, () => {
      void rooms.get(keyOfPlace(place))?.room.then((room) => {
        if (!room.isEmpty || !open) return
        if (!room.idle || deps.isBusy(place.caseId)) return dropWhenIdle(place)
        room.close()
        rooms.delete(keyOfPlace(place))
        snapshots.delete(keyOfPlace(place))
      })
    })
  }

  return {
    of,
    find: (place) => rooms.get(keyOfPlace(place))?.room,
    places: () => [...rooms.values()].map(({ place }) => place),
    left(caseId, room) {
      if (room.isEmpty) dropWhenIdle({ caseId, documentId: room.document.id })
    },
    async close() {
      open = false
      const all = await Promise.allSettled([...rooms.values()].map(({ room }) => room))
      await Promise.all(all.map((room) => (room.status === 'fulfilled' ? room.value.end() : undefined)))
    },
  }
}

async function openRoom(
  deps: OpenRoomsDeps,
  snapshots: DraftRoomDeps['snapshots'],
  place: DocumentPlace,
  document: CaseDocument,
): Promise<DraftRoom> {
  const { caseId } = place
  const { store, clock, timers, epoch, worker, onTrouble } = deps
  const language = () => deps.language(caseId)
  return new DraftRoom({
    ...{ document, store, clock, timers, epoch, worker, snapshots, language, onTrouble },
    cipher: new DocumentCipher(place, await deps.ciphers(caseId, document.audience)),
    async firstUpdate() {
      const blocks = document.kind === 'settlement' ? await deps.template(caseId) : NOTE_START
      return worker.start(caseId, { blocks, language: await language() })
    },
    announce: (revision) => deps.announce?.(place, revision),
    async largeDeletion(deletion) {
      await deps.runSystem(caseId, deletionReport, deletion, `deletion|${deletion.deletionId}`)
    },
  })
}
