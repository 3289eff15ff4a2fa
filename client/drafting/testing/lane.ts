// The other end of a draft's connection for tests of the device: a sequence of updates, answered when the test lets it.
import * as Y from 'yjs'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { ConnectionLost } from '#client/realtime/connection.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { type CaseDocument, settlementOf } from '#shared/document/case-documents.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { decodeEdit, encodeServerFrame, type ServerWords } from '#shared/drafting/draft-frames.ts'
import {
  type CaretNotice,
  DRAFT_WIRE,
  type DraftJoinAck,
  type DraftJoinRequest,
  type DraftWritersAck,
  SYSTEM_CLIENT_ID,
} from '#shared/drafting/draft-wire.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type DocumentId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { DocumentSession } from '../document-session.ts'
import { makeKeptWords } from '../kept-words.ts'
import { unsentStorage } from '../unsent-storage.ts'

export const CASE = asId<CaseId>('case'.padEnd(21, '0').concat('A'))
export const DOCUMENT = settlementOf(CASE)
export const WHOSE = { caseId: CASE, participantId: asId<ParticipantId>('aigul'), documentId: DOCUMENT.id }

/** A text with one empty paragraph, as the server's own first entry. */
function firstText(): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT_ID
  appendBlocks(fragmentOf(doc, 'ru'), [block('b1', 'paragraph', 0)])
  return doc
}

/** The words that are typed into, and read back, in the first paragraph. */
export function wordsOf(doc: Y.Doc): Y.XmlText {
  const [first] = blockElements(fragmentOf(doc, 'ru'))
  const text = first && textOf(first)
  if (!text) throw new Error('as it was made above')
  return text
}

export class Lane {
  readonly #document: CaseDocument
  /** What a device without anything is given whole, before the updates. */
  snapshot = Y.encodeStateAsUpdateV2(firstText())
  /** Frames that came, and how long each was. */
  readonly frames: number[] = []
  /** Who has less than this is given the whole text. */
  compactedUpTo = 1
  anew: number | undefined
  epoch = 1
  /** Called before an edit is answered. */
  meets: (update: Uint8Array) => void = () => undefined
  readonly updates: Uint8Array[] = []
  generation = 1
  closed: VersionId | undefined
  state: ConnectionState = { kind: 'live' }
  refuse: Problem | undefined
  hold = false
  losesConnectionOverEdits = false
  /** Who has changed the text since this person said "ready". */
  writers: readonly ParticipantId[] = []
  timesAskedForWriters = 0
  readonly joins: DraftJoinRequest[] = []
  /** The documents that edits were sent for. */
  readonly named: DocumentId[] = []
  readonly told: (readonly [string, unknown])[] = []
  readonly claimed = new Set<number>()
  #held: (() => void)[] = []
  #connection = new Set<() => void>()
  #handlers = new Set<(text: unknown) => void>()
  #caretHandlers = new Set<(notice: unknown) => void>()

  constructor(document: CaseDocument = DOCUMENT) {
    this.#document = document
  }

  readonly connection = {
    state: () => this.state,
    subscribe: (listener: () => void) => {
      this.#connection.add(listener)
      return () => this.#connection.delete(listener)
    },
    on: (name: string, handler: (told: unknown) => void) => {
      const handlers = name === DRAFT_WIRE.frame ? this.#handlers : this.#caretHandlers
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    tell: (name: string, payload: unknown) => void this.told.push([name, payload]),
    ask: async <Answer>(name: string, payload: unknown): Promise<Answer> => {
      if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve))
      if (this.state.kind !== 'live') throw new ConnectionLost(name)
      if (name === DRAFT_WIRE.writers) return this.#writersAsked() as Answer // by name
      return (name === DRAFT_WIRE.join ? this.#join(payload as DraftJoinRequest) : this.#frame(payload)) as Answer // by name
    },
  }

  /** How many on this device listen to the connection. */
  get listeners(): number {
    return this.#connection.size + this.#handlers.size + this.#caretHandlers.size
  }
  release(): void {
    this.hold = false
    for (const go of this.#held.splice(0)) go()
  }
  send(words: ServerWords, documentId = this.#document.id): void {
    for (const handler of this.#handlers) handler(encodeServerFrame({ documentId, ...words }))
  }
  sendCaret(notice: CaretNotice): void {
    for (const handler of this.#caretHandlers) handler(notice)
  }
  become(state: ConnectionState): void {
    this.state = state
    for (const listener of this.#connection) listener()
  }
  get text(): string {
    return wordsOf(this.doc).toString()
  }
  get doc(): Y.Doc {
    const doc = new Y.Doc()
    Y.applyUpdateV2(doc, this.snapshot)
    for (const update of this.updates) Y.applyUpdate(doc, update)
    return doc
  }
  #writersAsked(): DraftWritersAck {
    this.timesAskedForWriters++
    return { ok: true, value: { writers: this.writers } }
  }
  #join(request: DraftJoinRequest): DraftJoinAck {
    this.joins.push(request)
    for (const id of [request.clientId, ...request.storedIds]) this.claimed.add(id)
    const revision = this.updates.length + 1
    const known = request.epoch === this.epoch && request.haveRevision <= revision ? request.haveRevision : 0
    return {
      ok: true,
      value: {
        epoch: this.epoch,
        generation: this.generation,
        haveRevision: revision,
        revision,
        ...(known < this.compactedUpTo && { snapshot: base64(this.snapshot) }),
        updates: this.updates.slice(Math.max(0, known - 1)).map(base64),
        ...(this.closed && { closed: this.closed }),
        ...(this.anew !== undefined && { anew: this.anew }),
        ownIds: request.storedIds,
        fullness: 0,
      },
    }
  }
  #frame(text: unknown) {
    this.frames.push(String(text).length)
    if (this.losesConnectionOverEdits) throw new ConnectionLost(DRAFT_WIRE.frame)
    if (this.refuse) return { ok: false, problem: this.refuse }
    const decoded = decodeEdit(text)
    if (!decoded.ok || decoded.frame.generation !== this.generation)
      return { ok: false, problem: { kind: 'conflict', reason: 'drafting/other-generation' } }
    this.named.push(decoded.frame.documentId)
    this.meets(decoded.frame.update)
    this.updates.push(decoded.frame.update)
    return { ok: true, value: this.updates.length + 1 }
  }
}

export function setting(lane = new Lane(), deviceStorage = memoryDeviceStorage()) {
  const log = { frozen: false, mayWrite: true }
  const keptWords = makeKeptWords()
  const timers: (() => void)[] = []
  const session = new DocumentSession({
    document: DOCUMENT,
    connection: lane.connection,
    keptWords,
    storage: unsentStorage(deviceStorage, WHOSE),
    frozen: () => log.frozen,
    mayWrite: () => log.mayWrite,
    clock: { now: () => 1_700_000_000_000 },
    timers: {
      after(_milliseconds, run) {
        timers.push(run)
        return () => timers.splice(timers.indexOf(run) >>> 0, 1)
      },
    },
  })
  const text = () => wordsOf(session.snapshot().doc)
  return { lane, deviceStorage, log, session, keptWords, timers, text, save: () => session.snapshot().save }
}

export const VERSION = asId<VersionId>('version'.padEnd(22, '0'))
