// Ties a Yjs document to the draft's lane: every edit goes out at once, joined with the next only while one is under way; nothing is
// called saved before the server has said so; and what cannot be saved is kept for copying, never dropped in silence.
import * as Y from 'yjs'
import type { Connection } from '#client/realtime/connection.ts'
import { decodeServerFrame, encodeEdit, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import type { CaretMove, CaretNotice, DraftJoinAck, DraftJoined, DraftJoinRequest, FrameAck } from '#shared/drafting/draft-wire.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { outcomeOf } from './frame-outcome.ts'
import type { KeptWords } from './kept-words.ts'
import { makePointerCalm, type PointerCalm } from './pointer-calm.ts'
import { type SaveState, saveState } from './save-state.ts'
import type { UnsentEdits, UnsentShelf } from './unsent-shelf.ts'
import { writtenWords } from './written-words.ts'

export interface DraftProviderDeps {
  readonly connection: Pick<Connection, 'state' | 'subscribe' | 'ask' | 'tell' | 'on'>
  readonly keptWords: Pick<KeptWords, 'add'>
  /** undefined: nothing stays on this device. */
  readonly shelf: UnsentShelf | undefined
  /** The case's log says that the text is frozen: what is unsent in it will never be taken. */
  readonly frozen: () => boolean
  /** The server's clock, as well as it is known here. */
  readonly clock: Clock
  readonly timers: Timers
}

export interface DraftSnapshot {
  /** Another object when the text had to be fetched anew: the editor is then made anew too. */
  readonly doc: Y.Doc
  readonly joined: boolean
  readonly save: SaveState
  /** Number of the last edit known here; what "ready" names. */
  readonly u: number
  readonly generation: number
  readonly closed: boolean
  /** 0 to 1 of what a draft may grow to. */
  readonly fullness: number
}

const KEEP_AFTER = 400
const TRY_AGAIN = 2_000
const MAX_MERGE = 500

export class DraftProvider {
  readonly #deps: DraftProviderDeps
  readonly #listeners = new Set<() => void>()
  readonly #caretListeners = new Set<(notice: CaretNotice) => void>()
  readonly #stops: (() => void)[]
  #snapshot: DraftSnapshot
  #doc: Y.Doc
  #joined = false
  #joining = 0
  #haveU = 0
  #u = 0
  #generation = 0
  #closed = false
  #pending: Uint8Array[] = []
  #sending = false
  #problem: Problem | undefined
  #savedAt = 0
  #fullness = 0
  /** Frames that arrive while the answer to joining is on its way. */
  #early: ServerFrame[] = []
  #cancelKeep: (() => void) | undefined
  #cancelRetry: (() => void) | undefined

  readonly calm: PointerCalm<ServerFrame>

  constructor(deps: DraftProviderDeps) {
    this.#deps = deps
    this.calm = makePointerCalm({ timers: deps.timers, pass: (frame) => this.#apply(frame) })
    this.#doc = this.#newDoc()
    this.#snapshot = this.#look()
    this.#stops = [
      deps.connection.on(WIRE.draftFrame, (text) => this.#received(text)),
      deps.connection.on(WIRE.draftCaret, (notice) => {
        for (const listener of this.#caretListeners) listener(notice as CaretNotice) // the server is ours
      }),
      deps.connection.subscribe(() => this.#lineChanged()),
    ]
    this.#lineChanged()
  }

  readonly snapshot = (): DraftSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onCaret(listener: (notice: CaretNotice) => void): () => void {
    this.#caretListeners.add(listener)
    return () => this.#caretListeners.delete(listener)
  }

  sendCaret(move: CaretMove): void {
    if (this.#joined) this.#deps.connection.tell(WIRE.draftCaret, move)
  }

  /** Puts what is unsent on the device at once: the page may be gone the next moment. */
  readonly keepNow = (): void => {
    this.#cancelKeep?.()
    this.#cancelKeep = undefined
    const update = this.#pendingAsOne()
    if (update) this.#deps.shelf?.keep({ clientId: this.#doc.clientID, generation: this.#generation, update })
  }

  get hasUnsent(): boolean {
    return this.#pending.length > 0
  }

  close(): void {
    this.calm.close()
    const unsent = this.#pendingAsOne()
    // A closed text takes them no more, unless it is opened again unfrozen; then they can be pasted. The log may know it before this lane.
    if (unsent && (this.#closed || this.#deps.frozen() || !this.#deps.shelf)) {
      this.#keepForCopying(unsent)
      this.#deps.shelf?.drop(this.#doc.clientID)
    } else this.keepNow()
    this.#cancelKeep?.()
    for (const stop of this.#stops) stop()
    this.#cancelRetry?.()
    if (this.#joined) this.#deps.connection.tell(WIRE.draftLeave)
    this.#joined = false
    this.#joining++
    this.#doc.destroy()
  }

  #newDoc(): Y.Doc {
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      this.#pending.push(update)
      this.#cancelKeep ??= this.#deps.timers.after(KEEP_AFTER, this.keepNow)
      this.#changed()
      void this.#send()
    })
    return doc
  }

  #lineChanged(): void {
    if (this.#deps.connection.state().kind === 'live') void this.#join()
    else {
      this.#joined = false
      this.#joining++
      this.keepNow()
      this.#changed()
    }
  }

  async #join(): Promise<void> {
    const mine = ++this.#joining
    this.#joined = false
    this.#early = []
    const stored = this.#storedByOthers()
    const request: DraftJoinRequest = {
      haveU: this.#haveU,
      generation: this.#generation,
      clientId: this.#doc.clientID,
      storedIds: stored.slice(0, 32).map((edits) => edits.clientId),
    }
    let ack: DraftJoinAck
    try {
      ack = await this.#deps.connection.ask<DraftJoinAck>(WIRE.draftJoin, request)
    } catch {
      if (mine === this.#joining) this.#retry(() => void this.#join()) // a lost line announces itself when it is back
      return
    }
    if (mine !== this.#joining) return
    if (!ack.ok) {
      this.#problem = ack.problem
      this.#changed()
      if (ack.problem.reason === 'drafting/foreign-author') this.#startOver()
      this.#retry(() => void this.#join())
      return
    }
    // Between what this page holds and the text of today lies one that was frozen: its unsent edits belong to no text any more.
    if (this.#generation !== 0 && ack.value.generation !== this.#generation && this.#pending.length > 0) {
      this.#startOver()
      void this.#join()
      return
    }
    this.#take(ack.value)
    await this.#sendStored(stored, ack.value)
    void this.#send()
  }

  #take(answer: DraftJoined): void {
    this.#doc.transact(() => {
      if (answer.snapshot) Y.applyUpdateV2(this.#doc, fromBase64(answer.snapshot), this)
      for (const update of answer.updates) Y.applyUpdate(this.#doc, fromBase64(update), this)
    }, this)
    this.#haveU = answer.haveU
    this.#u = answer.u
    this.#generation = answer.generation
    this.#closed = answer.closed !== undefined
    this.#fullness = answer.fullness
    this.#joined = true
    this.#problem = undefined
    this.#savedAt = this.#deps.clock.now()
    for (const frame of this.#early.splice(0)) this.#apply(frame)
    this.#changed()
  }

  /** Left by earlier lives of this page, or by one that is still open beside it: sending them twice does no harm. */
  #storedByOthers(): readonly UnsentEdits[] {
    return this.#deps.shelf?.load().filter((edits) => edits.clientId !== this.#doc.clientID) ?? []
  }

  async #sendStored(stored: readonly UnsentEdits[], answer: DraftJoined): Promise<void> {
    for (const { clientId, generation, update } of stored) {
      const fits = generation === answer.generation && answer.closed === undefined && answer.ownIds.includes(clientId)
      const mayOpenAgain = answer.closed !== undefined && generation === answer.generation && !this.#deps.frozen()
      if (!fits && mayOpenAgain) continue
      try {
        const ack: FrameAck | undefined = fits
          ? await this.#deps.connection.ask<FrameAck>(WIRE.draftFrame, encodeEdit({ kind: 'stored', generation, update }))
          : undefined
        if (ack?.ok) {
          Y.applyUpdate(this.#doc, update, this)
          this.#reached(ack.value)
        } else if (ack && outcomeOf(ack.problem) !== 'give-up') continue
        else this.#keepForCopying(update)
        this.#deps.shelf?.drop(clientId)
      } catch {
        return // the line is lost; they stay on the device for the next time
      }
    }
  }

  #received(text: unknown): void {
    const decoded = decodeServerFrame(text)
    if (!decoded.ok) return
    if (this.#joined) this.calm.receive(decoded.frame)
    else this.#early.push(decoded.frame)
  }

  #apply(frame: ServerFrame): void {
    this.#haveU = Math.max(this.#haveU, frame.u)
    switch (frame.kind) {
      case 'updates':
        this.#doc.transact(() => {
          for (const update of frame.updates) Y.applyUpdate(this.#doc, update, this)
        }, this)
        this.#u = Math.max(this.#u, frame.u)
        break
      case 'closed':
        this.#closed = true
        break
      case 'reopened':
        if (frame.generation !== this.#generation && this.#pending.length > 0) {
          this.#startOver()
          void this.#join()
          return
        }
        this.#generation = frame.generation
        this.#closed = false
        this.#problem = undefined
        void this.#send()
        break
      case 'rejoin':
        void this.#join()
        break
    }
    this.#changed()
  }

  async #send(): Promise<void> {
    if (this.#sending || !this.#joined || this.#closed || this.#pending.length === 0) return
    this.#sending = true
    const doc = this.#doc
    const count = Math.min(this.#pending.length, MAX_MERGE)
    const [only] = this.#pending
    const update = count === 1 && only ? only : Y.mergeUpdates(this.#pending.slice(0, count))
    try {
      const text = encodeEdit({ kind: 'edit', generation: this.#generation, update })
      const ack = await this.#deps.connection.ask<FrameAck>(WIRE.draftFrame, text)
      if (doc === this.#doc) this.#answered(ack, count)
    } catch {
      // No answer is no answer: joining again finds out what the server has.
      if (doc === this.#doc && this.#joined && this.#deps.connection.state().kind === 'live') void this.#join()
    } finally {
      this.#sending = false
    }
    if (!this.#problem) void this.#send()
  }

  #answered(ack: FrameAck, count: number): void {
    if (ack.ok) {
      this.#pending.splice(0, count)
      this.#reached(ack.value)
      this.#problem = undefined
      this.#savedAt = this.#deps.clock.now()
      if (this.#pending.length === 0) {
        this.#cancelKeep?.()
        this.#cancelKeep = undefined
        this.#deps.shelf?.drop(this.#doc.clientID)
      }
      this.#changed()
      return
    }
    const outcome = outcomeOf(ack.problem)
    if (outcome === 'wait') return // closed: what comes next on the lane says how it goes on
    this.#problem = ack.problem
    if (outcome === 'rejoin') void this.#join()
    else if (outcome === 'give-up') {
      this.#startOver()
      void this.#join()
    } else
      this.#retry(() => {
        this.#problem = undefined
        void this.#send()
      })
    this.#changed()
  }

  #reached(u: number): void {
    this.#haveU = Math.max(this.#haveU, u)
    this.#u = Math.max(this.#u, u)
  }

  /** Drops this copy of the text; what was unsent in it is kept for copying. */
  #startOver(): void {
    const update = this.#pendingAsOne()
    this.#pending = []
    if (update) this.#keepForCopying(update)
    this.#deps.shelf?.drop(this.#doc.clientID)
    const old = this.#doc
    this.#doc = this.#newDoc()
    this.#haveU = 0
    this.#generation = 0
    this.#joined = false
    this.#changed()
    old.destroy()
  }

  #keepForCopying(update: Uint8Array): void {
    const words = writtenWords(update)
    if (words !== '') this.#deps.keptWords.add(words)
  }

  #pendingAsOne(): Uint8Array | undefined {
    const [only] = this.#pending
    return this.#pending.length > 1 ? Y.mergeUpdates(this.#pending) : only
  }

  #retry(act: () => void): void {
    this.#cancelRetry?.()
    this.#cancelRetry = this.#deps.timers.after(TRY_AGAIN, () => {
      this.#cancelRetry = undefined
      if (this.#deps.connection.state().kind === 'live') act()
    })
  }

  #look(): DraftSnapshot {
    const save = saveState({
      joined: this.#joined,
      live: this.#deps.connection.state().kind === 'live',
      closed: this.#closed,
      unsent: this.#pending.length,
      problem: this.#problem,
      savedAt: this.#savedAt,
    })
    return {
      doc: this.#doc,
      joined: this.#joined,
      save,
      u: this.#u,
      generation: this.#generation,
      closed: this.#closed,
      fullness: this.#fullness,
    }
  }

  #changed(): void {
    this.#snapshot = this.#look()
    for (const listener of this.#listeners) listener()
  }
}
