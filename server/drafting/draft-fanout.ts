// Who of this server is in a document, and what they are sent of it: everything stored, in order, but not their own words back.

import type { CaseDocument } from '#shared/document/case-documents.ts'
import { encodeServerFrame, type ServerWords } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import type { DraftConnection } from './draft-connection.ts'
import { decodeClose, decodeReopen, isAnotherDocument } from './draft-entries.ts'
import type { LaneEntry } from './draft-lane.ts'

/** One connection in one document. */
export interface DocumentSession {
  readonly connection: DraftConnection
  /** The only Yjs client id under which this device may write anew. */
  readonly clientId: number
  /** Numbers up to here came with the answer to joining. */
  readonly since: number
}

export class DraftFanout {
  readonly #document: CaseDocument
  readonly #sessions = new Map<DraftConnection, DocumentSession>()

  constructor(document: CaseDocument) {
    this.#document = document
  }

  get size(): number {
    return this.#sessions.size
  }
  sessionOf(connection: DraftConnection): DocumentSession | undefined {
    return this.#sessions.get(connection)
  }
  enter(session: DocumentSession): void {
    this.#sessions.set(session.connection, session)
  }
  leave(connection: DraftConnection): void {
    this.#sessions.delete(connection)
  }

  /** `generation` as it stands after the entries. */
  publish(entries: readonly LaneEntry[], generation: number): void {
    const origins = new Set(entries.map((entry) => entry.origin))
    const framesOf = (some: readonly LaneEntry[]) => new Frames(this.#document.id, some, generation)
    const forOthers = framesOf(entries)
    const others: DraftConnection[] = []
    for (const { connection, since } of this.#sessions.values()) {
      if (!connection.mayRead(this.#document)) continue
      if (!origins.has(connection) && since < (entries[0]?.revision ?? 0)) {
        others.push(connection)
        continue
      }
      const own = entries.filter((entry) => entry.origin !== connection && entry.revision > since)
      for (const text of framesOf(own).texts) connection.send(DRAFT_WIRE.frame, text)
    }
    if (others.length > 0) for (const text of forOthers.texts) others[0]?.sendToAll(others, DRAFT_WIRE.frame, text)
  }

  /** After a gap: everybody here joins anew from what they hold. No number is told: one that they have not reached would pass for theirs. */
  sendAllToRejoin(): void {
    const text = encodeServerFrame({ documentId: this.#document.id, kind: 'rejoin', revision: 0 })
    for (const { connection } of this.#sessions.values()) connection.send(DRAFT_WIRE.frame, text)
  }

  relay(from: DraftConnection, name: string, payload: unknown): void {
    for (const { connection } of this.#sessions.values()) {
      if (connection !== from && connection.mayRead(this.#document)) connection.sendDroppable(name, payload)
    }
  }
}

/** Encoded once for all who get the same. */
class Frames {
  readonly #documentId: DocumentId
  readonly #entries: readonly LaneEntry[]
  readonly #generation: number
  #texts: readonly string[] | undefined
  constructor(documentId: DocumentId, entries: readonly LaneEntry[], generation: number) {
    this.#documentId = documentId
    this.#entries = entries
    this.#generation = generation
  }

  get texts(): readonly string[] {
    this.#texts ??= wordsOf(this.#entries, this.#generation).map((words) => encodeServerFrame({ documentId: this.#documentId, ...words }))
    return this.#texts
  }
}

function wordsOf(entries: readonly LaneEntry[], generation: number): readonly ServerWords[] {
  const frames: ServerWords[] = []
  let updates: Uint8Array[] = []
  let last = 0
  const flush = () => {
    if (updates.length > 0) frames.push({ kind: 'updates', revision: last, updates })
    updates = []
  }
  for (const { kind, revision, plain } of entries) {
    if (kind === 'update') {
      updates.push(plain)
      last = revision
      continue
    }
    if (kind === 'claim' || kind === 'save') continue
    flush()
    if (kind === 'close') frames.push({ kind: 'closed', revision, versionId: decodeClose(plain) })
    // Whoever holds the old document joins anew when the other one can be given.
    else if (!isAnotherDocument(decodeReopen(plain))) frames.push({ kind: 'reopened', revision, generation })
  }
  flush()
  return frames
}
