// Joining the lane of a document: one attempt at a time, voided by every later one and by a lost connection. What an answer brings must not
// come into a word that somebody composes, before it is asked for or meanwhile.
import type { Connection } from '#client/realtime/connection.ts'
import { DRAFT_WIRE, type DraftJoinAck, type DraftJoinRequest } from '#shared/drafting/draft-wire.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { TRY_AGAIN } from './edit-queue.ts'
import type { FrameIntake } from './frame-intake.ts'

export interface JoinAttempt {
  readonly request: DraftJoinRequest
  /** 'again': at once, for another copy; 'later': in a while. `isMine`: no other attempt was begun since, and the connection stands. */
  readonly answered: (ack: DraftJoinAck, isMine: () => boolean) => Promise<'done' | 'again' | 'later'>
}

interface JoiningDeps {
  readonly connection: Pick<Connection, 'state' | 'ask'>
  readonly timers: Timers
  readonly frames: Pick<FrameIntake, 'calm' | 'hold'>
  /** Of the copy that is open then. */
  readonly attempt: () => JoinAttempt
}

export class Joining {
  readonly #deps: JoiningDeps
  #turn = 0
  #cancelRetry: (() => void) | undefined
  /** The server tells this device what is written, and takes what it writes. */
  joined = false

  constructor(deps: JoiningDeps) {
    this.#deps = deps
  }

  async join(): Promise<void> {
    const { connection, frames, attempt } = this.#deps
    this.leave()
    const mine = this.#turn
    const isMine = () => mine === this.#turn
    if (frames.calm.over()) await frames.calm.over()
    if (!isMine()) return
    frames.hold()
    const { request, answered } = attempt()
    let ack: DraftJoinAck
    try {
      ack = await connection.ask<DraftJoinAck>(DRAFT_WIRE.join, request)
    } catch {
      if (isMine()) this.#later() // a lost connection announces itself when it is back
      return
    }
    if (frames.calm.over()) await frames.calm.over()
    if (!isMine()) return
    const next = await answered(ack, isMine)
    if (!isMine()) return
    if (next === 'again') await this.join()
    else if (next === 'later') this.#later()
  }

  /** Whatever is under way is void. */
  leave(): void {
    this.#turn++
    this.joined = false
  }

  close(): void {
    this.leave()
    this.#cancelRetry?.()
  }

  #later(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = this.#deps.timers.after(TRY_AGAIN, () => {
      this.#cancelRetry = undefined
      if (this.#deps.connection.state().kind === 'live') void this.join()
    })
  }
}
