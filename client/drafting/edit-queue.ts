// The edits of this page life on their way to the server: one frame at a time, what is written meanwhile joined to the next. What the
// server does not have yet is kept on the device; what it will never take is kept for copying.

import type { Connection } from '#client/realtime/connection.ts'
import { encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type FrameAck } from '#shared/drafting/draft-wire.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import { NOT_TAKEN, outcomeOf } from './frame-outcome.ts'
import { PendingEdits, type Piece } from './pending-edits.ts'
import type { Unsent } from './save-state.ts'
import { MAX_LOSSES } from './stored-edits.ts'
import type { UnsentEdits, UnsentStorage } from './unsent-storage.ts'

interface EditQueueDeps {
  readonly connection: Pick<Connection, 'state' | 'ask'>
  readonly documentId: DocumentId
  readonly storage: UnsentStorage | undefined
  readonly clock: Clock
  readonly timers: Timers
  /** The copy of the text that the waiting edits belong to. */
  readonly copy: () => { readonly clientId: number; readonly generation: number }
  readonly mayGoOut: () => boolean
  /** Called while the copy with these edits is still there. */
  readonly keepForCopying: (updates: readonly Uint8Array[]) => void
  readonly saved: (revision: number) => void
  readonly rejoin: () => void
  /** The copy with these edits is to be dropped. */
  readonly giveUp: (problem: Problem) => void
  readonly changed: () => void
}

/** What is kept is called so after a moment without typing: words that change with every letter make nobody calmer. */
const CALM_AFTER = 400
export const TRY_AGAIN = 2_000

export class EditQueue {
  readonly #deps: EditQueueDeps
  readonly #pending = new PendingEdits()
  #sending = false
  /** How often in a row the connection was lost over an edit. */
  #losses = 0
  #problem: Problem | undefined
  #savedAt = 0
  /** While somebody types. */
  #cancelCalm: (() => void) | undefined
  #cancelRetry: (() => void) | undefined

  constructor(deps: EditQueueDeps) {
    this.#deps = deps
  }

  get length(): number {
    return this.#pending.length
  }
  get unsent(): Unsent {
    if (this.length === 0) return 'nothing'
    const keeping = this.#deps.storage?.keeping() ?? 'refused'
    if (keeping === 'refused') return 'on-page'
    return keeping === 'kept' && !this.#cancelCalm ? 'on-device' : 'being-kept'
  }
  get problem(): Problem | undefined {
    return this.#problem
  }
  get savedAt(): number {
    return this.#savedAt
  }

  /** The first clock of this page's letters that wait. */
  unsentFrom(): number | undefined {
    return this.#pending.clockFrom(this.#deps.copy().clientId)
  }

  add(update: Uint8Array): void {
    this.#pending.add(update)
    this.#deps.storage?.keep({ ...this.#deps.copy(), update })
    this.#cancelCalm?.()
    this.#cancelCalm = this.#deps.timers.after(CALM_AFTER, () => {
      this.#cancelCalm = undefined
      this.#deps.changed()
    })
    this.#deps.changed()
    void this.send()
  }

  /** The server has been asked where the text stands, and this is known here; undefined: nothing is. */
  stands(savedAt: number | undefined): void {
    this.#savedAt = savedAt ?? 0
    if (savedAt !== undefined) this.#problem = undefined
  }

  refused(problem: Problem): void {
    this.#problem = problem
  }

  async send(): Promise<void> {
    const piece = this.#sending || !this.#deps.mayGoOut() ? undefined : this.#pending.next()
    if (!piece) return
    this.#sending = true
    const { clientId } = this.#deps.copy()
    const ack = await this.#ask(piece)
    this.#sending = false
    if (ack) this.#losses = 0
    if (clientId === this.#deps.copy().clientId) {
      if (!ack) this.#lost()
      else if (this.length > 0) this.#answered(ack, piece)
    }
    if (!this.#problem) void this.send()
  }

  /** Hands over what waits, to be sent as edits of an earlier page life; on the device it stays. */
  handOver(): UnsentEdits | undefined {
    const unsent = this.length > 0 ? this.#waiting() : undefined
    this.#pending.clear()
    return unsent
  }

  keepForCopying(): void {
    const unsent = this.handOver()
    if (!unsent) return
    this.#deps.keepForCopying(unsent.updates)
    this.#deps.storage?.drop(unsent.clientId)
  }

  close(): void {
    this.#cancelCalm?.()
    this.#cancelRetry?.()
  }

  #waiting(): UnsentEdits {
    return { ...this.#deps.copy(), updates: this.#pending.pieces() }
  }

  /** Undefined: no answer. */
  async #ask({ update }: Piece): Promise<FrameAck | undefined> {
    const { generation } = this.#deps.copy()
    const frame = encodeEdit({ documentId: this.#deps.documentId, kind: 'edit', generation, update })
    return this.#deps.connection.ask<FrameAck>(DRAFT_WIRE.frame, frame).catch(() => undefined)
  }

  #answered(ack: FrameAck, piece: Piece): void {
    if (ack.ok) {
      this.#pending.taken(piece)
      this.#problem = undefined
      this.#savedAt = this.#deps.clock.now()
      this.#deps.storage?.drop(this.#deps.copy().clientId, piece.count)
      this.#deps.saved(ack.value)
      return
    }
    const outcome = outcomeOf(ack.problem)
    if (outcome === 'wait') return // closed: what comes next on the lane says how it goes on
    this.#problem = ack.problem
    if (outcome === 'rejoin') this.#deps.rejoin()
    else if (outcome === 'give-up') this.#deps.giveUp(ack.problem)
    else this.#retry()
    this.#deps.changed()
  }

  /** No answer is no answer: joining again finds out what the server has. An edit over which connection after connection is lost goes nowhere. */
  #lost(): void {
    if (++this.#losses >= MAX_LOSSES) {
      this.#losses = 0
      this.#deps.giveUp(NOT_TAKEN)
    } else if (this.#deps.mayGoOut() && this.#deps.connection.state().kind === 'live') this.#deps.rejoin()
  }

  #retry(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = this.#deps.timers.after(TRY_AGAIN, () => {
      this.#cancelRetry = undefined
      if (this.#deps.connection.state().kind !== 'live') return
      this.#problem = undefined
      void this.send()
    })
  }
}
