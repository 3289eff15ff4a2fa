import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { LineLost } from '#client/realtime/connection.ts'
import { DRAFT_FIELD } from '#shared/drafting/document-schema.ts'
import { decodeEdit, encodeServerFrame, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import type { DraftJoinAck, DraftJoinRequest } from '#shared/drafting/draft-wire.ts'
import { base64 } from '#shared/kernel/bytes.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { DraftProvider } from './draft-provider.ts'
import { makeKeptWords } from './kept-words.ts'
import { unsentShelf } from './unsent-shelf.ts'

const WHOSE = { caseId: asId<CaseId>('case'), participantId: asId<ParticipantId>('aigul') }

/** The lane at the other end of the line: a sequence of updates, answered when the test lets it. */
class Lane {
  readonly updates: Uint8Array[] = []
  generation = 1
  closed: VersionId | undefined
  state: ConnectionState = { kind: 'live' }
  refuse: Problem | undefined
  hold = false
  readonly joins: DraftJoinRequest[] = []
  readonly claimed = new Set<number>()
  #held: (() => void)[] = []
  #line = new Set<() => void>()
  #frames = new Set<(text: unknown) => void>()

  readonly connection = {
    state: () => this.state,
    subscribe: (listener: () => void) => {
      this.#line.add(listener)
      return () => this.#line.delete(listener)
    },
    on: (name: string, handler: (text: unknown) => void) => {
      if (name === WIRE.draftFrame) this.#frames.add(handler)
      return () => this.#frames.delete(handler)
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
    for (const handler of this.#frames) handler(encodeServerFrame(frame))
  }
  become(state: ConnectionState): void {
    this.state = state
    for (const listener of this.#line) listener()
  }
  get text(): string {
    const doc = new Y.Doc()
    for (const update of this.updates) Y.applyUpdate(doc, update)
    return doc.getText(DRAFT_FIELD).toString()
  }
  #join(request: DraftJoinRequest): DraftJoinAck {
    this.joins.push(request)
    for (const id of [request.clientId, ...request.storedIds]) this.claimed.add(id)
    const u = this.updates.length
    return {
      ok: true,
      value: {
        generation: this.generation,
        haveU: u,
        u,
        updates: this.updates.slice(request.haveU).map(base64),
        ...(this.closed && { closed: this.closed }),
        ownIds: request.storedIds,
        fullness: 0,
      },
    }
  }
  #frame(text: unknown) {
    if (this.refuse) return { ok: false, problem: this.refuse }
    const decoded = decodeEdit(text)
    if (!decoded.ok || decoded.frame.generation !== this.generation)
      return { ok: false, problem: { kind: 'conflict', reason: 'drafting/other-generation' } }
    this.updates.push(decoded.frame.update)
    return { ok: true, value: this.updates.length }
  }
}

function memoryDrawer() {
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

function setting(lane = new Lane(), drawer = memoryDrawer()) {
  const log = { frozen: false }
  const keptWords = makeKeptWords()
  const timers: (() => void)[] = []
  const provider = new DraftProvider({
    connection: lane.connection,
    keptWords,
    shelf: unsentShelf(drawer, WHOSE),
    frozen: () => log.frozen,
    clock: { now: () => 1_700_000_000_000 },
    timers: {
      after(_milliseconds, run) {
        timers.push(run)
        return () => timers.splice(timers.indexOf(run) >>> 0, 1)
      },
    },
  })
  const text = () => provider.snapshot().doc.getText(DRAFT_FIELD)
  return { lane, drawer, log, provider, keptWords, timers, text, save: () => provider.snapshot().save }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
const VERSION = asId<VersionId>('version'.padEnd(22, '0'))

describe('the draft’s provider', () => {
  it('[DRA-70] says "saved" only after the server has said so', async () => {
    const { lane, text, save } = setting()
    await settled()
    lane.hold = true
    text().insert(0, 'a')
    expect(save()).toEqual({ kind: 'saving' })
    await settled()
    expect(save()).toEqual({ kind: 'saving' })
    lane.release()
    await settled()
    expect(save()).toEqual({ kind: 'saved', at: 1_700_000_000_000 })
  })

  it('[DRA-71] sends an edit at once, and joins with the next only what is written while one is under way', async () => {
    const { lane, text } = setting()
    await settled()
    text().insert(0, 'a')
    await settled()
    expect(lane.updates).toHaveLength(1)
    lane.hold = true
    for (const letter of 'bcd') text().insert(text().length, letter)
    lane.release()
    await settled()
    expect(lane.updates).toHaveLength(3)
    expect(lane.text).toBe('abcd')
  })

  it('[DRA-72] offline one can go on writing; it is kept on the device, and goes out when the line is back', async () => {
    const { lane, text, save, drawer } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'офлайн')
    expect(save()).toEqual({ kind: 'offline', unsent: 1 })
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(lane.text).toBe('офлайн')
    expect(save().kind).toBe('saved')
    expect(drawer.length).toBe(0)
  })

  it('[DRA-73] after the browser was killed, the next page life claims the old id and brings its edits in', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'вчера')
    first.provider.keepNow()
    const old = first.provider.snapshot().doc.clientID
    first.lane.state = { kind: 'live' }
    const next = setting(first.lane, first.drawer)
    await settled()
    await settled()
    expect(next.lane.joins.at(-1)?.storedIds).toEqual([old])
    expect(next.text().toString()).toBe('вчера')
    expect(first.drawer.length).toBe(0)
  })

  it('[DRA-74] what was written when the text had been frozen is kept for copying, and the text fetched anew', async () => {
    const { lane, text, provider, keptWords } = setting()
    await settled()
    lane.become({ kind: 'offline', since: 0 })
    text().insert(0, 'поздно')
    const old = provider.snapshot().doc
    lane.generation = 2
    lane.become({ kind: 'live' })
    await settled()
    await settled()
    expect(keptWords.list()).toEqual(['поздно'])
    expect(provider.snapshot().doc).not.toBe(old)
    expect(lane.text).toBe('')
  })

  it('[DRA-74] when the log says first that the text is frozen, unsent words are kept for copying too, of this page and of earlier ones', async () => {
    const first = setting()
    await settled()
    first.lane.become({ kind: 'offline', since: 0 })
    first.text().insert(0, 'не успели')
    first.provider.keepNow()
    first.log.frozen = true
    first.provider.close()
    expect(first.keptWords.list()).toEqual(['не успели'])
    expect(first.drawer.length).toBe(0)

    const died = setting()
    await settled()
    died.lane.become({ kind: 'offline', since: 0 })
    died.text().insert(0, 'и это')
    died.provider.keepNow()
    const lane = new Lane()
    lane.closed = VERSION
    const next = setting(lane, died.drawer)
    next.log.frozen = true
    await settled()
    await settled()
    expect(next.keptWords.list()).toEqual(['и это'])
    expect(next.lane.text).toBe('')
    expect(died.drawer.length).toBe(0)
  })

  it('[DRA-75] refused while closing: waits, goes out when the closing is cancelled, is kept when the panel goes', async () => {
    const { lane, text, save, provider, keptWords } = setting()
    await settled()
    lane.send({ kind: 'closed', u: 1, versionId: VERSION })
    text().insert(0, 'Ж')
    expect(save()).toEqual({ kind: 'closed', unsent: 1 })
    lane.send({ kind: 'reopened', u: 2, generation: 1 })
    await settled()
    expect(lane.text).toBe('Ж')
    lane.send({ kind: 'closed', u: 3, versionId: VERSION })
    text().insert(0, 'Щ')
    provider.close()
    expect(keptWords.list()).toEqual(['Щ'])
  })

  it('[DRA-76] not saved (a full disk): says so, keeps the edit and tries again', async () => {
    const { lane, text, save, timers } = setting()
    await settled()
    lane.refuse = { kind: 'unavailable', reason: 'drafting/not-saved' }
    text().insert(0, 'a')
    await settled()
    expect(save()).toMatchObject({ kind: 'refused', unsent: 1 })
    lane.refuse = undefined
    for (const run of timers.splice(0)) run()
    await settled()
    expect(save().kind).toBe('saved')
    expect(lane.text).toBe('a')
  })

  it('[DRA-76] an edit that the server will never take is kept for copying, not dropped in silence', async () => {
    const { lane, text, keptWords } = setting()
    await settled()
    lane.refuse = { kind: 'invalid', reason: 'drafting/malformed' }
    text().insert(0, 'слова')
    await settled()
    expect(keptWords.list()).toEqual(['слова'])
  })
})
