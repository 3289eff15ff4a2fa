// One person's connection to a case: who they are, for how long, and which messages are taken on it.
import type { Socket } from 'socket.io'
import type { ErrorLog } from '#server/http/error-log.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Schema } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { type CloseReason, WIRE } from '#shared/protocol/wire.ts'
import { acknowledge } from './acknowledge.ts'

export interface Session {
  readonly participantId: ParticipantId
  readonly sessionId: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The person behind a token in this case; undefined for any that is not good for it. */
export type Authenticate = (token: string, caseId: CaseId) => Promise<Session | undefined>

export interface ConnectionDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly errors: Pick<ErrorLog, 'unknown'>
  readonly authenticate: Authenticate
  /** Throws where this session's device is one that several people use, and its person has not typed their own code just now. */
  readonly demandOwnCode: (sessionId: string) => Promise<void>
}

/** A message that is answered. */
export interface Message<Input, Answer> {
  readonly name: string
  readonly input: Schema<Input>
  /** Throws when there are too many of them; asked before anything is read. */
  readonly admit?: () => void
  readonly run: (input: Input) => Promise<Answer>
}

/** No token lives as long; a clock that was set back between a token and its connection must not make it live for ever. */
const LONGEST = 60 * 60_000

interface Shown {
  readonly token: string
  readonly session: Session
  readonly cancel: () => void
}

export class Connection {
  readonly actor: Person
  readonly socket: Socket
  readonly #deps: ConnectionDeps
  #shown: Shown | undefined

  constructor(socket: Socket, actor: Person, deps: ConnectionDeps) {
    this.socket = socket
    this.actor = actor
    this.#deps = deps
  }

  handle<Input, Answer>({ name, input, admit, run }: Message<Input, Answer>): void {
    this.socket.on(name, (given: unknown, reply: unknown) => {
      void acknowledge(this.#deps.errors, reply, async () => {
        admit?.()
        return run(safeParse(input, given))
      })
    })
  }

  /** A message without an answer: whatever is wrong with it, it is dropped. */
  hear(name: string, run: (given: unknown) => void): void {
    this.socket.on(name, run)
  }

  refuseTheRest(): void {
    this.socket.onAny((name: string, ...args: unknown[]) => {
      if (this.socket.listenerCount(name) > 0) return
      const unknown = new AppError({ kind: 'unsupported', reason: 'realtime/unknown-message' })
      void acknowledge(this.#deps.errors, args.at(-1), () => Promise.reject(unknown))
    })
  }

  /** From here on the connection lives as long as this token: by a timer, which no jump of the clock moves. */
  show(token: string, session: Session): void {
    const { clock, timers } = this.#deps
    this.#shown?.cancel()
    const left = Math.min(LONGEST, Math.max(0, session.expiresAt - clock.now()))
    this.#shown = { token, session, cancel: timers.after(left, () => this.end('session-expired')) }
  }

  /** A fresh token of the same person. */
  async renew(token: string): Promise<void> {
    const session = await this.#deps.authenticate(token, this.actor.caseId)
    if (session?.participantId !== this.actor.id) throw new AppError({ kind: 'unauthenticated' })
    this.show(token, session)
  }

  /** Ends the connection if its session has ended elsewhere. */
  async recheck(): Promise<void> {
    const before = this.#shown
    const session = before && (await this.#deps.authenticate(before.token, this.actor.caseId))
    if (session && session.participantId === before.session.participantId) return
    // Renewed while it was being looked at: the newer token was looked at on its own.
    if (this.#shown !== before) return
    // A clock that was set forward makes tokens look old before their time: the device may show a fresh one.
    const old = before !== undefined && before.session.expiresAt <= this.#deps.clock.now()
    this.end(old ? 'session-expired' : 'signed-out')
  }

  /** Asked of the session that this connection lives by now. */
  async demandOwnCode(): Promise<void> {
    if (!this.#shown) throw new AppError({ kind: 'unauthenticated' })
    await this.#deps.demandOwnCode(this.#shown.session.sessionId)
  }

  end(reason: CloseReason): void {
    this.socket.emit(WIRE.closed, reason)
    this.socket.disconnect(true)
  }

  /** It is gone. */
  forget(): void {
    this.#shown?.cancel()
  }
}
