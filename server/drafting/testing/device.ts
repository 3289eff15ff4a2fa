// A device in a document: a real Yjs document against the sessions that a socket would speak to.

import * as Y from 'yjs'
import { settlementOf } from '#shared/document/case-documents.ts'
import { blockElements, fragmentOf, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import { decodeServerFrame, encodeEdit, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import { type CaretNotice, DRAFT_WIRE, type DraftJoined } from '#shared/drafting/draft-wire.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import type { DocumentId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { DocumentSessions } from '../document-sessions.ts'
import type { DraftConnection } from '../draft-connection.ts'
import type { Drafting } from '../drafting-service.ts'
import { CASE } from './drafting-server.ts'
import { idOf } from './supply-case.ts'

export function person(id: ParticipantId, sideId?: SideId): Person {
  return sideId === undefined
    ? { kind: 'person', caseId: CASE, id, role: 'mediator' }
    : { kind: 'person', caseId: CASE, id, role: 'party', sideId }
}

export class Device {
  readonly documentId: DocumentId
  readonly frames: ServerFrame[] = []
  readonly carets: CaretNotice[] = []
  readonly #actor: Person
  #doc = new Y.Doc()
  #sessions: DocumentSessions | undefined
  #connectionNumber = 0
  #flushing: Promise<number> = Promise.resolve(0)
  /** Own edits not yet acknowledged, oldest first. */
  unsent: Uint8Array[] = []
  /** What was unsent when the server's text was found to be another one. */
  kept: Uint8Array[] = []
  epoch = 0
  haveRevision = 0
  revision = 0
  generation = 0
  mayRead = true
  mayWrite = true
  /** Number of the text that this person has said "ready" of. */
  readyOf: number | undefined

  constructor(actor: Person, documentId: DocumentId = settlementOf(CASE).id) {
    this.#actor = actor
    this.documentId = documentId
    this.#listen()
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  async connect(server: Pick<Drafting, 'attach'>, storedIds: number[] = []): Promise<DraftJoined> {
    const connectionNumber = ++this.#connectionNumber
    const here = () => connectionNumber === this.#connectionNumber
    const waiting: string[] = []
    let joined = false
    const connection: DraftConnection = {
      actor: this.#actor,
      mayRead: () => this.mayRead,
      mayWrite: () => this.mayWrite,
      readyOf: () => this.readyOf,
      mayRestore: () => this.mayRead && this.#actor.role === 'mediator',
      send: (name, payload) => {
        if (!here() || name !== DRAFT_WIRE.frame || typeof payload !== 'string') return
        if (joined) this.#receive(payload)
        else waiting.push(payload)
      },
      sendToAll: (devices, name, payload) => {
        for (const device of devices) device.send(name, payload)
      },
      sendDroppable: (_name, payload) => {
        if (here()) this.carets.push(payload as CaretNotice) // only carets are droppable
      },
    }
    this.#sessions = server.attach(connection)
    const answer = await this.#sessions.join(this.request(storedIds))
    if (!here()) return answer
    this.#take(answer)
    joined = true
    for (const text of waiting) this.#receive(text)
    return answer
  }

  request(storedIds: number[] = []) {
    const { documentId, epoch, haveRevision, generation, doc } = this
    return { documentId, epoch, haveRevision, generation, clientId: doc.clientID, storedIds }
  }

  /** A copy of another text is dropped whole; under the id that was joined with one goes on writing. */
  #take(answer: DraftJoined): void {
    const { clientID } = this.#doc
    const isOfAnother =
      this.haveRevision > 0 &&
      (answer.epoch !== this.epoch || (answer.anew ?? 0) > this.haveRevision || answer.haveRevision < this.haveRevision)
    if (isOfAnother) {
      this.kept.push(...this.unsent.splice(0))
      this.#doc = new Y.Doc()
    }
    if (answer.snapshot) Y.applyUpdateV2(this.#doc, fromBase64(answer.snapshot), 'server')
    for (const update of answer.updates) Y.applyUpdate(this.#doc, fromBase64(update), 'server')
    if (isOfAnother) {
      this.#doc.clientID = clientID
      this.#listen()
    }
    this.epoch = answer.epoch
    this.haveRevision = answer.haveRevision
    this.revision = answer.revision
    this.generation = answer.generation
  }

  #listen(): void {
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.unsent.push(update)
    })
  }

  /** The connection breaks without a word. */
  cut(): void {
    this.#connectionNumber++
    this.#sessions?.end()
    this.#sessions = undefined
  }

  get sessions(): DocumentSessions {
    if (!this.#sessions) throw new Error('not connected')
    return this.#sessions
  }

  /** Sends an update as it is, whoever made it. */
  send(update: Uint8Array, more: { kind?: 'edit' | 'stored'; generation?: number } = {}): Promise<number> {
    const { documentId, generation } = this
    return this.sessions.frame(encodeEdit({ documentId, kind: 'edit', generation, update, ...more }))
  }

  /** Sends what is unsent as one edit, one at a time; on success it is no longer unsent. */
  flush(): Promise<number> {
    this.#flushing = this.#flushing.catch(() => 0).then(() => this.#flushNow())
    return this.#flushing
  }

  async #flushNow(): Promise<number> {
    const count = this.unsent.length
    if (count === 0 || !this.#sessions) return this.revision
    const connectionNumber = this.#connectionNumber
    const revision = await this.send(Y.mergeUpdates(this.unsent.slice(0, count)))
    if (connectionNumber !== this.#connectionNumber) return revision // the answer was lost with the connection
    this.unsent.splice(0, count)
    this.haveRevision = Math.max(this.haveRevision, revision)
    this.revision = Math.max(this.revision, revision)
    return revision
  }

  get fragment(): Y.XmlFragment {
    return fragmentOf(this.#doc, 'ru')
  }

  /** The letters of a paragraph, counted without headings and clauses. */
  paragraph(index = 0): Y.XmlText {
    const element = blockElements(this.fragment).filter((each) => each.getAttribute('kind') === 'paragraph')[index]
    const text = element && textOf(element)
    if (!text) throw new Error('no such paragraph')
    return text
  }

  type(text: string, at = this.paragraph().length): void {
    this.paragraph().insert(at, text)
  }

  get text(): string {
    return JSON.stringify(readBlocks(this.fragment))
  }

  #receive(payload: string): void {
    const decoded = decodeServerFrame(payload)
    if (!decoded.ok) throw new Error('a frame that cannot be read')
    const { frame } = decoded
    if (frame.documentId !== this.documentId) throw new Error('a frame of a document that was not asked for')
    this.frames.push(frame)
    this.haveRevision = Math.max(this.haveRevision, frame.revision)
    if (frame.kind === 'updates' || (frame.kind === 'reopened' && frame.generation !== this.generation))
      this.revision = Math.max(this.revision, frame.revision)
    if (frame.kind === 'reopened') this.generation = frame.generation
    if (frame.kind !== 'updates') return
    for (const update of frame.updates) Y.applyUpdate(this.#doc, update, 'server')
  }
}

export function participant(name: string): ParticipantId {
  return idOf<ParticipantId>(name)
}
