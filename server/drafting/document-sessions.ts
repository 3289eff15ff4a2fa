// What one connection may ask of the documents of its case. It may have several open at once, each in a session of its own; a document
// that its person may not know of is answered as one that does not exist.
import { type NewestOnly, newestOnly } from '#server/realtime/newest-only.ts'
import type { TokenBucket } from '#server/realtime/token-bucket.ts'
import { type CaseDocument, documentFor } from '#shared/document/case-documents.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { decodeEdit } from '#shared/drafting/draft-frames.ts'
import {
  type CaretMove,
  caretMove,
  type DraftJoined,
  draftJoinRequest,
  draftLeaveRequest,
  draftStateRequest,
  draftStatesRequest,
  draftWritersRequest,
  type SavedState,
} from '#shared/drafting/draft-wire.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, DocumentId, ParticipantId } from '#shared/kernel/ids.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { DraftConnection } from './draft-connection.ts'
import type { DraftRoom } from './draft-room.ts'

/** Answers or throws an AppError; the socket's translator does the rest. */
export interface DocumentSessions {
  join(request: unknown): Promise<DraftJoined>
  /** Resolves with the number under which the edit is saved. */
  frame(text: unknown): Promise<number>
  /** Without their words, and then the words of one; to others than who may restore there are none. */
  states(request: unknown): Promise<SavedStates>
  state(request: unknown): Promise<StateWords>
  /** Who has changed the settlement since this person said "ready" of it; nobody, where they have not. */
  writers(request: unknown): Promise<WritersOfText>
  caret(payload: unknown): void
  /** Out of one document. */
  leave(request: unknown): void
  /** The connection is gone. */
  end(): void
}

/** What one person may do in a case, in all its documents together. */
export interface PersonalLimits {
  readonly joins: TokenBucket
  readonly edits: TokenBucket
  /** In kilobytes. */
  readonly sizes: TokenBucket
  readonly sizePerSecond: number
  readonly carets: TokenBucket
}

interface SavedStates {
  readonly states: readonly SavedState[]
}
interface StateWords {
  readonly blocks: readonly DocumentBlock[]
}
interface WritersOfText {
  readonly writers: readonly ParticipantId[]
}

interface SessionsDeps {
  readonly limits: PersonalLimits
  readonly timers: Timers
  readonly roomOf: (caseId: CaseId, document: CaseDocument) => Promise<DraftRoom>
  /** Somebody has left it. */
  readonly left: (caseId: CaseId, room: DraftRoom) => void
}

/** A caret of one device is told to others at most so often; what came between is not missed. */
const CARET_EVERY_MS = 100

interface Session {
  readonly document: CaseDocument
  readonly carets: NewestOnly<CaretMove>
  /** Counts leavings: who has left while a join was under way is not in it. */
  visit: number
  room: DraftRoom | undefined
}

export function makeDocumentSessions({ limits, timers, roomOf, left }: SessionsDeps, connection: DraftConnection): DocumentSessions {
  const { actor } = connection
  const sessions = new Map<DocumentId, Session>()

  function readable(id: DocumentId): CaseDocument {
    const document = documentFor(actor, id)
    if (!document || !connection.mayRead(document)) throw new AppError({ kind: 'not-found' })
    return document
  }

  function sessionIn(document: CaseDocument): Session {
    const known = sessions.get(document.id)
    if (known) return known
    const carets = newestOnly<CaretMove>(timers, CARET_EVERY_MS, (move) => {
      if (session.room && connection.mayRead(document) && limits.carets.take(actor.id)) session.room.caret(connection, move)
    })
    const session: Session = { document, carets, visit: 0, room: undefined }
    sessions.set(document.id, session)
    return session
  }

  function leave(session: Session): void {
    const { room } = session
    session.visit++
    session.carets.stop()
    session.room = undefined
    room?.leave(connection)
    if (room) left(actor.caseId, room)
  }

  return {
    async join(request) {
      if (!limits.joins.take(actor.id)) throw tooFast(1)
      const parsed = safeParse(draftJoinRequest, request)
      const document = readable(parsed.documentId)
      const session = sessionIn(document)
      const { visit } = session
      const room = await roomOf(actor.caseId, document)
      if (session.visit === visit) session.room = room
      const joined = await room.join(connection, parsed)
      if (session.visit !== visit && !session.room) room.leave(connection) // gone while it was being opened
      return joined
    },
    async frame(text) {
      if (!limits.edits.take(actor.id)) throw tooFast(1)
      // Counted before it is read: one person's large edits one after another are work for everybody's server.
      if (!limits.sizes.take(actor.id, kilobytesOf(text))) throw tooFast(Math.ceil(kilobytesOf(text) / limits.sizePerSecond))
      const decoded = decodeEdit(text)
      if (!decoded.ok) {
        if (decoded.fault === 'too-large') throw new AppError({ kind: 'too-large', reason: 'drafting/edit-too-large' })
        throw new AppError({ kind: 'invalid', reason: 'drafting/malformed' })
      }
      const document = readable(decoded.frame.documentId)
      if (!connection.mayWrite(document)) throw new AppError({ kind: 'conflict', reason: 'drafting/no-session' })
      const room = sessions.get(document.id)?.room
      if (!room) throw new AppError({ kind: 'conflict', reason: 'drafting/not-joined' })
      return room.edit(connection, decoded.frame)
    },
    ...makeQuestions({ limits, roomOf, left }, connection, readable),
    caret(payload) {
      const move = caretMove.safeParse(payload)
      const session = move.success ? sessions.get(move.data.documentId) : undefined
      if (move.success && session?.room) session.carets.give(move.data)
    },
    leave(request) {
      const parsed = draftLeaveRequest.safeParse(request)
      const session = parsed.success ? sessions.get(parsed.data.documentId) : undefined
      if (session) leave(session)
    },
    end() {
      for (const session of sessions.values()) leave(session)
    },
  }
}

/** What is asked of a document beside writing in it. */
function makeQuestions(
  { limits, roomOf, left }: Pick<SessionsDeps, 'limits' | 'roomOf' | 'left'>,
  connection: DraftConnection,
  readable: (id: DocumentId) => CaseDocument,
): Pick<DocumentSessions, 'states' | 'state' | 'writers'> {
  const { actor } = connection

  async function roomWithStates(id: DocumentId): Promise<DraftRoom> {
    const document = readable(id)
    if (document.kind !== 'settlement' || !connection.mayRestore()) throw new AppError({ kind: 'not-found' })
    return roomOf(actor.caseId, document)
  }

  return {
    async states(request) {
      if (!limits.joins.take(actor.id)) throw tooFast(1)
      const { documentId } = safeParse(draftStatesRequest, request)
      const room = await roomWithStates(documentId)
      await room.refresh()
      const states = await room.saved.list()
      left(actor.caseId, room)
      return { states }
    },
    async state(request) {
      if (!limits.joins.take(actor.id)) throw tooFast(1)
      const { documentId, revision } = safeParse(draftStateRequest, request)
      const room = await roomWithStates(documentId)
      const blocks = await room.saved.read(revision)
      left(actor.caseId, room)
      return { blocks }
    },
    async writers(request) {
      if (!limits.joins.take(actor.id)) throw tooFast(1)
      const { documentId } = safeParse(draftWritersRequest, request)
      const document = readable(documentId)
      const ready = document.kind === 'settlement' ? connection.readyOf() : undefined
      if (ready === undefined) return { writers: [] }
      const room = await roomOf(actor.caseId, document)
      const writers = await room.writersAfter(ready)
      left(actor.caseId, room)
      return { writers }
    },
  }
}

function tooFast(seconds: number): AppError {
  return new AppError({ kind: 'too-many', reason: 'drafting/too-fast', details: { seconds } })
}

/** Of whatever was sent. */
function kilobytesOf(text: unknown): number {
  return typeof text === 'string' ? Math.ceil(text.length / 1024) : 1
}
