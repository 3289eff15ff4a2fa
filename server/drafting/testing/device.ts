// A device in a draft: a real Yjs document against the desk that a socket would speak to.
import * as Y from 'yjs'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { decodeServerFrame, encodeEdit, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import type { CaretNotice, DraftJoined } from '#shared/drafting/draft-wire.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { DraftConnection } from '../draft-connection.ts'
import type { DraftDesk, Drafting } from '../drafting-service.ts'
import { CASE } from './drafting-server.ts'

export function person(id: ParticipantId, sideId?: SideId): Person {
  return sideId === undefined
    ? { kind: 'person', caseId: CASE, id, role: 'mediator' }
    : { kind: 'person', caseId: CASE, id, role: 'party', sideId }
}

export class Device {
  readonly doc = new Y.Doc()
  readonly frames: ServerFrame[] = []
  readonly carets: CaretNotice[] = []
  readonly #actor: Person
  #desk: DraftDesk | undefined
  #line = 0
  #flushing: Promise<number> = Promise.resolve(0)
  /** Own edits not yet acknowledged, oldest first. */
  unsent: Uint8Array[] = []
  haveU = 0
  u = 0
  generation = 0
  mayRead = true
  mayWrite = true

  constructor(actor: Person) {
    this.#actor = actor
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.unsent.push(update)
    })
  }

  async connect(server: Pick<Drafting, 'attach'>, storedIds: number[] = []): Promise<DraftJoined> {
    const line = ++this.#line
    const here = () => line === this.#line
    const waiting: string[] = []
    let joined = false
    const connection: DraftConnection = {
      actor: this.#actor,
      mayRead: () => this.mayRead,
      mayWrite: () => this.mayWrite,
      send: (name, payload) => {
        if (!here() || name !== WIRE.draftFrame || typeof payload !== 'string') return
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
    const desk = server.attach(connection)
    this.#desk = desk
    const answer = await desk.join({ haveU: this.haveU, generation: this.generation, clientId: this.doc.clientID, storedIds })
    if (!here()) return answer
    if (answer.snapshot) Y.applyUpdateV2(this.doc, fromBase64(answer.snapshot), 'server')
    for (const update of answer.updates) Y.applyUpdate(this.doc, fromBase64(update), 'server')
    this.haveU = answer.haveU
    this.u = answer.u
    this.generation = answer.generation
    joined = true
    for (const text of waiting) this.#receive(text)
    return answer
  }

  /** The line breaks without a word. */
  cut(): void {
    this.#line++
    this.#desk?.leave()
    this.#desk = undefined
  }

  get desk(): DraftDesk {
    if (!this.#desk) throw new Error('not connected')
    return this.#desk
  }

  /** Sends what is unsent as one edit, one at a time; on success it is no longer unsent. */
  flush(): Promise<number> {
    this.#flushing = this.#flushing.catch(() => 0).then(() => this.#flushNow())
    return this.#flushing
  }

  async #flushNow(): Promise<number> {
    const count = this.unsent.length
    if (count === 0 || !this.#desk) return this.u
    const line = this.#line
    const update = Y.mergeUpdates(this.unsent.slice(0, count))
    const u = await this.#desk.frame(encodeEdit({ kind: 'edit', generation: this.generation, update }))
    if (line !== this.#line) return u // the answer was lost with the line
    this.unsent.splice(0, count)
    this.haveU = Math.max(this.haveU, u)
    this.u = Math.max(this.u, u)
    return u
  }

  paragraph(index = 0): Y.XmlText {
    const fragment = this.doc.getXmlFragment(DRAFT_FIELD)
    const paragraphs = fragment
      .toArray()
      .filter((node): node is Y.XmlElement => node instanceof Y.XmlElement && node.nodeName === 'paragraph')
    const text = paragraphs[index]?.get(0)
    if (!(text instanceof Y.XmlText)) throw new Error('no such paragraph')
    return text
  }

  type(text: string, at = this.paragraph().length): void {
    this.paragraph().insert(at, text)
  }

  get text(): string {
    return JSON.stringify(this.doc.getXmlFragment(DRAFT_FIELD).toJSON())
  }

  #receive(payload: string): void {
    const decoded = decodeServerFrame(payload)
    if (!decoded.ok) throw new Error('a frame that cannot be read')
    const { frame } = decoded
    this.frames.push(frame)
    this.haveU = Math.max(this.haveU, frame.u)
    if (frame.kind === 'reopened') this.generation = frame.generation
    if (frame.kind !== 'updates') return
    this.u = Math.max(this.u, frame.u)
    for (const update of frame.updates) Y.applyUpdate(this.doc, update, 'server')
  }
}

export function participant(name: string): ParticipantId {
  return asId<ParticipantId>(name.padEnd(22, '0'))
}
