// The other end of a draft's line for tests of the device: a sequence of updates, answered when the test lets it.
import * as Y from 'yjs'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { LineLost } from '#client/realtime/connection.ts'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { decodeEdit, encodeServerFrame, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import { type DraftJoinAck, type DraftJoinRequest, SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { DraftProvider } from '../draft-provider.ts'
import { makeKeptWords } from '../kept-words.ts'
import { unsentShelf } from '../unsent-shelf.ts'

export const WHOSE = { caseId: asId<CaseId>('case'), participantId: asId<ParticipantId>('aigul') }

/** A text with one empty paragraph, as the server's own first entry. */
function firstText(): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT_ID
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText()])
  doc.getXmlFragment(DRAFT_FIELD).insert(0, [paragraph])
  return doc
}

/** The words that are typed into, and read back, in the first paragraph. */
export function wordsOf(doc: Y.Doc): Y.XmlText {
  const paragraph = doc.getXmlFragment(DRAFT_FIELD).get(0)
  return (paragraph as Y.XmlElement).get(0) as Y.XmlText // as it was made above
}

export class Lane {
  /** What a device without anything is given whole, before the updates. */
  snapshot = Y.encodeStateAsUpdateV2(firstText())
  /** Frames that came, and how long each was. */
  readonly frames: number[] = []
  anew: number | undefined
  /** Called before an edit is answered. */
  meets: (update: Uint8Array) => void = () => undefined
  readonly updates: Uint8Array[] = []
  generation = 1
  closed: VersionId | undefined
  state: ConnectionState = { kind: 'live' }
  refuse: Problem | undefined
  hold = false
  losesLineOverEdits = false
  readonly joins: DraftJoinRequest[] = []
  readonly claimed = new Set<number>()
  #held: (() => void)[] = []
  #line = new Set<() => void>()
  #handlers = new Set<(text: unknown) => void>()

  readonly connection = {
    state: () => this.state,
    subscribe: (listener: () => void) => {
      this.#line.add(listener)
      return () => this.#line.delete(listener)
    },
    on: (name: string, handler: (text: unknown) => void) => {
      if (name === WIRE.draftFrame) this.#handlers.add(handler)
      return () => this.#handlers.delete(handler)
    },
    tell: () => undefined,
    ask: async <Answer>(name: string, payload: unknown): Promise<Answer> => {
      if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve))
      if (this.state.kind !== 'live') throw new LineLost(name)
      return (name === WIRE.draftJoin ? this.#join(payload as DraftJoinRequest) : this.#frame(payload)) as Answer // by name
    },
  }

  release(): void {
    this.hold = false
    for (const go of this.#held.splice(0)) go()
  }
  send(frame: ServerFrame): void {
    for (const handler of this.#handlers) handler(encodeServerFrame(frame))
  }
  become(state: ConnectionState): void {
    this.state = state
    for (const listener of this.#line) listener()
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
  #join(request: DraftJoinRequest): DraftJoinAck {
    this.joins.push(request)
    for (const id of [request.clientId, ...request.storedIds]) this.claimed.add(id)
    const u = this.updates.length + 1
    return {
      ok: true,
      value: {
        generation: this.generation,
        haveU: u,
        u,
        ...(request.haveU === 0 && { snapshot: base64(this.snapshot) }),
        updates: this.updates.slice(Math.max(0, request.haveU - 1)).map(base64),
        ...(this.closed && { closed: this.closed }),
        ...(this.anew !== undefined && { anew: this.anew }),
        ownIds: request.storedIds,
        fullness: 0,
      },
    }
  }
  #frame(text: unknown) {
    this.frames.push(String(text).length)
    if (this.losesLineOverEdits) throw new LineLost(WIRE.draftFrame)
    if (this.refuse) return { ok: false, problem: this.refuse }
    const decoded = decodeEdit(text)
    if (!decoded.ok || decoded.frame.generation !== this.generation)
      return { ok: false, problem: { kind: 'conflict', reason: 'drafting/other-generation' } }
    this.meets(decoded.frame.update)
    this.updates.push(decoded.frame.update)
    return { ok: true, value: this.updates.length + 1 }
  }
}

export function memoryDrawer() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}

export function setting(lane = new Lane(), drawer = memoryDrawer()) {
  const log = { frozen: false, mayWrite: true }
  const keptWords = makeKeptWords()
  const timers: (() => void)[] = []
  const provider = new DraftProvider({
    connection: lane.connection,
    keptWords,
    shelf: unsentShelf(drawer, WHOSE),
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
  const text = () => wordsOf(provider.snapshot().doc)
  return { lane, drawer, log, provider, keptWords, timers, text, save: () => provider.snapshot().save }
}

export const VERSION = asId<VersionId>('version'.padEnd(22, '0'))
