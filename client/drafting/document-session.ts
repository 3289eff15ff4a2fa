// Ties a Yjs document to the draft's lane: every edit goes out at once, joined with the next only while one is under way; nothing is
// called saved before the server has said so; and what cannot be saved is kept for copying, never dropped in silence.

import type { Connection } from '#client/realtime/connection.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import { wordsNotIn } from '#shared/document/concurrent-edits.ts'
import type { ServerFrame } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type DraftJoinAck, type DraftJoined, type FrameAck } from '#shared/drafting/draft-wire.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { compareCopy } from './copy-origin.ts'
import { piecesToSend } from './cut-edit.ts'
import { DocumentCopy, type EarlierCopy } from './document-copy.ts'
import { DraftCarets } from './draft-carets.ts'
import type { DraftSnapshot } from './draft-snapshot.ts'
import { EditQueue } from './edit-queue.ts'
import { FrameIntake } from './frame-intake.ts'
import { EDIT_TOO_LARGE } from './frame-outcome.ts'
import { type JoinAttempt, Joining } from './joining.ts'
import type { KeptWords } from './kept-words.ts'
import { ConcurrentWords } from './notices/concurrent-words.ts'
import { Told } from './notices/told.ts'
import { saveState, type Unsent, worseOf } from './save-state.ts'
import { StoredEdits } from './stored-edits.ts'
import type { UnsentEdits, UnsentStorage } from './unsent-storage.ts'
import { ownWordsIn, wordsIn } from './written-words.ts'

interface DocumentSessionDeps {
  readonly document: Pick<CaseDocument, 'id'>
  readonly connection: Pick<Connection, 'state' | 'subscribe' | 'ask' | 'tell' | 'on'>
  readonly keptWords: Pick<KeptWords, 'add'>
  /** undefined: nothing stays on this device. */
  readonly storage: UnsentStorage | undefined
  /** The case's log says that the text is frozen: what is unsent in it will never be taken. */
  readonly frozen: () => boolean
  /** The case's log says that this person may write in it now. */
  readonly mayWrite: () => boolean
  /** The server's clock, as well as it is known here. */
  readonly clock: Clock
  readonly timers: Timers
}

export class DocumentSession {
  readonly #deps: DocumentSessionDeps
  readonly #listeners = new Set<() => void>()
  readonly #unfitListeners = new Set<() => void>()
  readonly #stops: (() => void)[]
  readonly #stored: StoredEdits
  readonly #edits: EditQueue
  readonly #concurrent: ConcurrentWords
  readonly #lane: Joining
  #copy: DocumentCopy
  #snapshot: DraftSnapshot
  #closed = false
  /** An edit too large to be cut is in this document: it is dropped as soon as whoever made the edit is done with it. */
  #overfull = false
  /** A copy that the server knew once: what it had told this page of it may be gone. */
  #left: EarlierCopy | undefined
  #fullness = 0
  #shownUnsent: Unsent = 'nothing'

  readonly frames: FrameIntake
  readonly carets: DraftCarets
  readonly told: Told

  constructor(deps: DocumentSessionDeps) {
    this.#deps = deps
    this.told = new Told(deps.keptWords, () => this.#changed())
    this.carets = new DraftCarets(deps.connection, deps.document.id, () => this.#lane.joined)
    this.frames = new FrameIntake({ ...deps, documentId: deps.document.id, apply: (frame) => this.#apply(frame) })
    this.#lane = new Joining({ ...deps, frames: this.frames, attempt: () => this.#attempt() })
    this.#edits = new EditQueue({
      ...deps,
      documentId: deps.document.id,
      copy: () => ({ clientId: this.#copy.clientId, generation: this.#copy.origin.generation }),
      mayGoOut: () => this.#lane.joined && !this.#closed && this.#copy.health.kind !== 'aside',
      keepForCopying: (updates) => this.told.keep(ownWordsIn(this.#copy, updates)),
      // what others wrote before it is not in this copy yet while their frames wait: the text that is shown goes only so far
      saved: (revision) => {
        this.frames.inOrder(() => {
          this.#copy.reached(revision)
          this.#changed()
        })
        this.#changed()
      },
      rejoin: () => void this.#lane.join(),
      giveUp: (problem) => {
        this.told.refuse(problem)
        this.#startOver()
        void this.#lane.join()
      },
      changed: () => this.#changed(),
    })
    this.#concurrent = new ConcurrentWords({
      clock: deps.clock,
      clientId: () => this.#copy.clientId,
      unsentFrom: () => this.#edits.unsentFrom(),
      mayWrite: () => !this.#closed && !deps.frozen() && deps.mayWrite() && this.#copy.health.kind === 'whole',
      write: (edit) => this.#copy.doc.transact(edit),
      keepForCopying: (words) => this.told.keep(words),
      tell: (news) => this.told.add(news),
    })
    this.#stored = new StoredEdits({
      storage: deps.storage,
      documentId: deps.document.id,
      fits: (update) => this.#copy.fits(update),
      ask: (frame) => deps.connection.ask<FrameAck>(DRAFT_WIRE.frame, frame),
      frozen: deps.frozen,
      keepForCopying: (updates) => this.told.keep(wordsIn(updates, this.#copy.doc)),
      taken: (update, revision) => {
        this.#copy.take([update], revision)
        // where it belonged may have been deleted since
        this.#cameBack(wordsNotIn(this.#copy.doc, update))
      },
    })
    this.#copy = this.#beginCopy()
    this.#snapshot = this.#look()
    this.#stops = [
      this.carets.stop,
      deps.connection.subscribe(() => this.#connectionChanged()),
      deps.storage?.subscribe(() => this.unsent !== this.#shownUnsent && this.#changed()) ?? (() => undefined),
      () => this.frames.close(),
    ]
    this.#connectionChanged()
  }

  readonly snapshot = (): DraftSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The editor has to let go of the document at once: what comes next it cannot show. */
  onUnfit(listener: () => void): () => void {
    this.#unfitListeners.add(listener)
    return () => this.#unfitListeners.delete(listener)
  }

  /** The editor has failed over this text: for reading only until it is opened again. */
  readonly fail = (): void => {
    this.#copy.setAside('fault')
    this.#heed()
    this.#changed()
  }

  /** The text from the server, as if the page had just been opened. */
  readonly openAgain = (): void => {
    this.#startOver()
    void this.#lane.join()
  }

  /** Of this page life and of earlier ones. */
  get unsent(): Unsent {
    return worseOf(this.#edits.unsent, this.#stored.unsent)
  }

  /** The case's log has gone on. A frozen text takes no more edits: what was unsent is for copying, and the text of this device is the closed one. */
  heedLog(): void {
    if (!this.#deps.frozen()) return
    if (this.#stored.unsent !== 'nothing') {
      this.#stored.giveUpAll(this.#copy.clientId)
      this.#changed()
    }
    if (this.#edits.length === 0) return
    this.#startOver()
    if (this.#deps.connection.state().kind === 'live') void this.#lane.join()
  }

  close(): void {
    // A closed text takes them no more, unless it is opened again unfrozen; then they can be pasted. The log may know it before this lane.
    if (this.#edits.unsent === 'on-page' || this.#closed || this.#deps.frozen()) this.#edits.keepForCopying()
    this.#stored.close()
    this.#end()
  }

  /** Puts it away without keeping anything. */
  wipe(): void {
    this.#edits.handOver()
    this.#end()
  }

  #end(): void {
    this.#listeners.clear()
    this.#edits.close()
    for (const stop of this.#stops) stop()
    if (this.#lane.joined) this.#deps.connection.tell(DRAFT_WIRE.leave, { documentId: this.#deps.document.id })
    this.#lane.close()
    this.#copy.destroy()
  }

  #beginCopy(): DocumentCopy {
    return new DocumentCopy({
      onEdit: (update) => this.#edited(update),
      onOwn: (transaction) => this.#concurrent.own(transaction),
      onTaken: (transaction, fed) => this.#concurrent.taken(transaction, fed),
      onFed: () => this.#concurrent.act(),
      onUnfit: () => {
        for (const listener of this.#unfitListeners) listener()
      },
    })
  }

  #edited(update: Uint8Array): void {
    const pieces = this.#overfull ? undefined : piecesToSend(update)
    if (pieces) {
      for (const piece of pieces) this.#edits.add(piece)
      return
    }
    this.told.keep(ownWordsIn(this.#copy, [update]))
    if (!this.#overfull) void Promise.resolve().then(() => this.#emptyOverfull()) // not under the hands of the transaction that made it
    this.#overfull = true
  }

  /** Later edits would lean on the one that was refused. What was written before it goes out like that of an earlier page life. */
  #emptyOverfull(): void {
    const unsent = this.#edits.handOver()
    if (unsent) this.#stored.leave(unsent)
    this.told.refuse(EDIT_TOO_LARGE)
    this.#newCopy()
    void this.#lane.join()
  }

  #connectionChanged(): void {
    if (this.#deps.connection.state().kind === 'live') void this.#lane.join()
    else {
      this.#lane.leave()
      this.#changed()
    }
  }

  #attempt(): JoinAttempt {
    const { health } = this.#copy
    if (health.kind === 'aside' && health.cause === 'fault') this.#startOver()
    const stored = this.#stored.but(this.#copy.clientId)
    return {
      request: {
        documentId: this.#deps.document.id,
        ...this.#copy.origin,
        clientId: this.#copy.clientId,
        storedIds: stored.slice(0, 32).map((edits) => edits.clientId),
      },
      answered: (ack, isMine) => this.#answered(ack, stored, isMine),
    }
  }

  async #answered(ack: DraftJoinAck, stored: readonly UnsentEdits[], isMine: () => boolean): ReturnType<JoinAttempt['answered']> {
    if (!ack.ok) {
      this.#edits.refused(ack.problem)
      this.#changed()
      if (ack.problem.reason === 'drafting/foreign-author') this.#startOver()
      return 'later'
    }
    const copy = compareCopy(this.#copy.origin, ack.value, this.#edits.length > 0)
    if (copy !== 'same') {
      if (copy === 'another') this.#startOver()
      else this.#leaveCopy()
      return 'again'
    }
    this.#take(ack.value)
    if (this.#copy.health.kind === 'aside') return 'done'
    const sent = await this.#stored.send(stored, ack.value)
    if (isMine()) {
      this.#heed()
      void this.#edits.send()
    }
    this.#changed()
    return sent === 'later' ? 'later' : 'done'
  }

  /** Nothing of it is shown or edited from now on. What was unsent goes out again as far as it still fits; the rest is kept for copying. */
  #leaveCopy(): void {
    this.#left = this.#copy.drop(this.#edits.unsentFrom())
    const unsent = this.#edits.handOver()
    if (unsent) this.#stored.leave(unsent)
    this.#newCopy()
  }

  #take(answer: DraftJoined): void {
    this.#closed = answer.closed !== undefined
    this.#copy.join(answer)
    if (this.#left) this.told.keep(wordsNotIn(this.#copy.doc, this.#left.state, this.#left.isOwn))
    this.#left = undefined
    this.#fullness = answer.fullness
    this.#lane.joined = true
    this.#edits.stands(this.#deps.clock.now())
    this.#heed()
    this.frames.release()
    this.#changed()
  }

  #apply(frame: ServerFrame): void {
    this.#copy.haveUpTo(frame.revision)
    switch (frame.kind) {
      case 'updates':
        this.#copy.take(frame.updates, frame.revision)
        this.#heed()
        break
      case 'closed':
        this.#closed = true
        this.#copy.heldFor = frame.versionId
        break
      case 'reopened':
        if (frame.generation !== this.#copy.origin.generation && this.#edits.length > 0) {
          this.#startOver()
          void this.#lane.join()
          return
        }
        this.#copy.reopen(frame.generation, frame.revision)
        this.#closed = false
        this.#edits.stands(this.#edits.savedAt)
        this.#heed()
        if (this.#stored.unsent === 'nothing') void this.#edits.send()
        else void this.#lane.join() // they go first
        break
      case 'rejoin':
        void this.#lane.join()
        break
    }
    this.#changed()
  }

  /** A text that is set aside takes nothing more of this device. */
  #heed(): void {
    if (this.#copy.health.kind === 'aside') this.#edits.keepForCopying()
  }

  #cameBack(words: string): void {
    if (words === '') return
    this.told.keep(words)
    this.told.add({ kind: 'came-back', place: { number: undefined, beginning: '' } })
  }

  /** Drops this copy of the text; what was unsent in it is kept for copying. */
  #startOver(): void {
    this.#edits.keepForCopying()
    this.#newCopy()
  }

  #newCopy(): void {
    const old = this.#copy
    this.#copy = this.#beginCopy()
    this.#concurrent.forget(true)
    this.#overfull = false
    this.#edits.stands(undefined)
    this.#lane.joined = false
    this.#changed()
    old.destroy()
  }

  #look(): DraftSnapshot {
    const { doc, health, revision, origin, heldFor } = this.#copy
    const save = saveState({
      joined: this.#lane.joined,
      live: this.#deps.connection.state().kind === 'live',
      closed: this.#closed,
      aside: health.kind === 'aside',
      unsent: this.unsent,
      problem: this.#edits.problem,
      savedAt: this.#edits.savedAt,
    })
    return {
      doc,
      health,
      joined: this.#lane.joined,
      save,
      refusal: this.told.refusal,
      news: this.told.news,
      revision,
      generation: origin.generation,
      closed: this.#closed,
      held: heldFor !== undefined,
      fullness: this.#fullness,
    }
  }

  #changed(): void {
    this.#shownUnsent = this.unsent
    this.#snapshot = this.#look()
    for (const listener of this.#listeners) listener()
  }
}
