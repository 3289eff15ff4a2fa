// Ties a Yjs document to the draft's lane: every edit goes out at once, joined with the next only while one is under way; nothing is
// called saved before the server has said so; and what cannot be saved is kept for copying, never dropped in silence.
import * as Y from 'yjs'
import type { Connection } from '#client/realtime/connection.ts'
import { decodeServerFrame, MAX_EDIT_BYTES, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import type { CaretMove, CaretNotice, DraftJoinAck, DraftJoined, DraftJoinRequest, FrameAck } from '#shared/drafting/draft-wire.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { DraftSnapshot } from './draft-snapshot.ts'
import { EditQueue, TRY_AGAIN } from './edit-queue.ts'
import { EDIT_TOO_LARGE } from './frame-outcome.ts'
import { GuardedDoc } from './guard/guarded-doc.ts'
import { MendTurn } from './guard/mend-turn.ts'
import type { KeptWords } from './kept-words.ts'
import { makePointerCalm, type PointerCalm } from './pointer-calm.ts'
import { saveState } from './save-state.ts'
import { StoredEdits } from './stored-edits.ts'
import type { UnsentShelf } from './unsent-shelf.ts'
import { wordsIn } from './written-words.ts'

export interface DraftProviderDeps {
  readonly connection: Pick<Connection, 'state' | 'subscribe' | 'ask' | 'tell' | 'on'>
  readonly keptWords: Pick<KeptWords, 'add'>
  /** undefined: nothing stays on this device. */
  readonly shelf: UnsentShelf | undefined
  /** The case's log says that the text is frozen: what is unsent in it will never be taken. */
  readonly frozen: () => boolean
  /** The case's log says that this person may write in it now. */
  readonly mayWrite: () => boolean
  /** The server's clock, as well as it is known here. */
  readonly clock: Clock
  readonly timers: Timers
}

export class DraftProvider {
  readonly #deps: DraftProviderDeps
  readonly #listeners = new Set<() => void>()
  readonly #caretListeners = new Set<(notice: CaretNotice) => void>()
  readonly #unfitListeners = new Set<() => void>()
  readonly #stops: (() => void)[]
  readonly #stored: StoredEdits
  readonly #edits: EditQueue
  readonly #mending: MendTurn
  #draft: GuardedDoc
  #snapshot: DraftSnapshot
  #joined = false
  #joining = 0
  #haveU = 0
  #u = 0
  #generation = 0
  #closed = false
  /** An edit too large for a frame is in this document: it is dropped as soon as whoever made the edit is done with it. */
  #overfull = false
  #refusal: Problem | undefined
  #fullness = 0
  /** Frames that arrive while the answer to joining is on its way. */
  #early: ServerFrame[] = []
  #cancelRetry: (() => void) | undefined

  readonly calm: PointerCalm<ServerFrame>

  constructor(deps: DraftProviderDeps) {
    this.#deps = deps
    this.calm = makePointerCalm({ timers: deps.timers, pass: (frame) => this.#apply(frame) })
    this.#edits = new EditQueue({
      ...deps,
      copy: () => ({ clientId: this.#draft.doc.clientID, generation: this.#generation }),
      mayGoOut: () => this.#joined && !this.#closed && this.#draft.health.kind !== 'aside',
      saved: (u) => {
        this.#reached(u)
        this.#changed()
      },
      rejoin: () => void this.#join(),
      giveUp: (problem) => {
        this.#refusal = problem
        this.#startOver()
        void this.#join()
      },
      changed: () => this.#changed(),
    })
    this.#mending = new MendTurn({ timers: deps.timers, mayMend: () => this.#mayMend(), mended: () => this.#changed() })
    this.#stored = new StoredEdits({
      shelf: deps.shelf,
      ask: (frame) => deps.connection.ask<FrameAck>(WIRE.draftFrame, frame),
      frozen: deps.frozen,
      keepForCopying: (updates) => this.#keepWords(updates),
      taken: (update, u) => {
        this.#draft.take((doc) => Y.applyUpdate(doc, update))
        this.#reached(u)
      },
    })
    this.#draft = this.#newDraft()
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

  /** The editor has to let go of the document at once: what comes next it cannot show. */
  onUnfit(listener: () => void): () => void {
    this.#unfitListeners.add(listener)
    return () => this.#unfitListeners.delete(listener)
  }

  sendCaret(move: CaretMove): void {
    if (this.#joined) this.#deps.connection.tell(WIRE.draftCaret, move)
  }

  /** The editor has failed over this text: for reading only until it is opened again. */
  readonly fail = (): void => {
    this.#draft.setAside('fault')
    this.#heed()
    this.#changed()
  }

  /** The text from the server, as if the page had just been opened. */
  readonly openAgain = (): void => {
    this.#startOver()
    void this.#join()
  }

  /** Nothing of it was written into the text. */
  refuseEdit(words: string): void {
    if (words.trim() !== '') this.#deps.keptWords.add(words.trim())
    this.#refusal = EDIT_TOO_LARGE
    this.#changed()
  }

  readonly forgetRefusal = (): void => {
    this.#refusal = undefined
    this.#changed()
  }

  /** Puts what is unsent on the device at once: the page may be gone the next moment. */
  readonly keepNow = (): void => this.#edits.keepNow()

  get hasUnsent(): boolean {
    return this.#edits.length > 0
  }

  close(): void {
    this.calm.close()
    // A closed text takes them no more, unless it is opened again unfrozen; then they can be pasted. The log may know it before this lane.
    if (this.hasUnsent && (this.#closed || this.#deps.frozen() || !this.#deps.shelf)) this.#edits.keepForCopying()
    else this.keepNow()
    this.#edits.close()
    for (const stop of this.#stops) stop()
    this.#cancelRetry?.()
    this.#mending.stop()
    if (this.#joined) this.#deps.connection.tell(WIRE.draftLeave)
    this.#joined = false
    this.#joining++
    this.#draft.destroy()
  }

  #newDraft(): GuardedDoc {
    return new GuardedDoc({
      onEdit: (update) => this.#edited(update),
      onUnfit: () => {
        for (const listener of this.#unfitListeners) listener()
      },
      mayMend: (by) => this.#mayMend() && (by === 'undo' || this.hasUnsent),
    })
  }

  #edited(update: Uint8Array): void {
    if (update.length > MAX_EDIT_BYTES || this.#overfull) {
      this.#keepWords([update])
      if (!this.#overfull) void Promise.resolve().then(() => this.#emptyOverfull()) // not under the hands of the transaction that made it
      this.#overfull = true
      return
    }
    this.#edits.add(update)
  }

  /** Later edits would lean on the one that was refused. What was written before it goes out like that of an earlier page life. */
  #emptyOverfull(): void {
    const unsent = this.#edits.handOver()
    if (unsent) this.#stored.leave(unsent)
    this.#refusal = EDIT_TOO_LARGE
    this.#newCopy()
    void this.#join()
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
    const { health } = this.#draft
    if (health.kind === 'aside' && health.cause === 'fault') this.#startOver()
    const mine = ++this.#joining
    this.#joined = false
    this.#early = []
    const stored = this.#stored.but(this.#draft.doc.clientID)
    const request: DraftJoinRequest = {
      haveU: this.#haveU,
      generation: this.#generation,
      clientId: this.#draft.doc.clientID,
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
      this.#edits.refused(ack.problem)
      this.#changed()
      if (ack.problem.reason === 'drafting/foreign-author') this.#startOver()
      this.#retry(() => void this.#join())
      return
    }
    if (this.#isOfAnother(ack.value)) {
      this.#startOver()
      void this.#join()
      return
    }
    this.#take(ack.value)
    if (this.#draft.health.kind === 'aside') return
    if (await this.#stored.send(stored, ack.value)) this.#heed()
    this.#changed()
    void this.#edits.send()
  }

  /** Between what this page holds and the text of today lies one that was frozen, or that the server had to begin anew. */
  #isOfAnother({ generation, anew }: DraftJoined): boolean {
    const older = anew !== undefined && this.#haveU > 0 && this.#haveU < anew
    return older || (this.#generation !== 0 && generation !== this.#generation && this.hasUnsent)
  }

  #take(answer: DraftJoined): void {
    this.#generation = answer.generation
    this.#closed = answer.closed !== undefined
    this.#draft.take((doc) => {
      if (answer.snapshot) Y.applyUpdateV2(doc, fromBase64(answer.snapshot))
      for (const update of answer.updates) Y.applyUpdate(doc, fromBase64(update))
    })
    this.#haveU = answer.haveU
    this.#u = answer.u
    this.#fullness = answer.fullness
    this.#joined = true
    this.#edits.stands(this.#deps.clock.now())
    this.#heed()
    for (const frame of this.#early.splice(0)) this.#apply(frame)
    this.#changed()
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
        this.#draft.take((doc) => {
          for (const update of frame.updates) Y.applyUpdate(doc, update)
        })
        this.#u = Math.max(this.#u, frame.u)
        this.#heed()
        break
      case 'closed':
        this.#closed = true
        break
      case 'reopened':
        if (frame.generation !== this.#generation && this.hasUnsent) {
          this.#startOver()
          void this.#join()
          return
        }
        this.#generation = frame.generation
        this.#closed = false
        this.#edits.stands(this.#edits.savedAt)
        this.#heed()
        void this.#edits.send()
        break
      case 'rejoin':
        void this.#join()
        break
    }
    this.#changed()
  }

  /** What the state of the text asks of this device. */
  #heed(): void {
    const { health } = this.#draft
    if (health.kind === 'aside') this.#edits.keepForCopying()
    this.#mending.heed(this.#draft)
  }

  /** Never without a line, and never in a text that is closed or only for reading. */
  #mayMend(): boolean {
    const { connection, frozen, mayWrite } = this.#deps
    return connection.state().kind === 'live' && !this.#closed && !frozen() && mayWrite()
  }

  #keepWords(updates: readonly Uint8Array[]): void {
    const words = wordsIn(updates)
    if (words !== '') this.#deps.keptWords.add(words)
  }

  #reached(u: number): void {
    this.#haveU = Math.max(this.#haveU, u)
    this.#u = Math.max(this.#u, u)
  }

  /** Drops this copy of the text; what was unsent in it is kept for copying. */
  #startOver(): void {
    this.#edits.keepForCopying()
    this.#newCopy()
  }

  #newCopy(): void {
    const old = this.#draft
    this.#draft = this.#newDraft()
    this.#overfull = false
    this.#haveU = 0
    this.#generation = 0
    this.#edits.stands(undefined)
    this.#joined = false
    this.#mending.stop()
    this.#changed()
    old.destroy()
  }

  #retry(act: () => void): void {
    this.#cancelRetry?.()
    this.#cancelRetry = this.#deps.timers.after(TRY_AGAIN, () => {
      this.#cancelRetry = undefined
      if (this.#deps.connection.state().kind === 'live') act()
    })
  }

  #look(): DraftSnapshot {
    const { doc, health } = this.#draft
    const save = saveState({
      joined: this.#joined,
      live: this.#deps.connection.state().kind === 'live',
      closed: this.#closed,
      aside: health.kind === 'aside',
      unsent: this.#edits.length,
      problem: this.#edits.problem,
      savedAt: this.#edits.savedAt,
    })
    return {
      doc,
      health,
      joined: this.#joined,
      save,
      refusal: this.#refusal,
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
