// The connection of one case: one transport at a time, opened again with patience and jitter. Whoever was told why it ended
// does not knock in vain: a session that is over, a case that was left, a client that is too old stay closed.
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type CloseReason, PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'
import { closingOf, type Refusal, refusalOf } from './closing.ts'
import type { OpenTransport, Transport } from './transport.ts'

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** No connection; the next try comes by itself. `toldToWait`: the server asked for a pause, which no wish of the device shortens. */
  | { readonly kind: 'offline'; readonly since: number; readonly toldToWait?: boolean }
  | { readonly kind: 'closed'; readonly reason: CloseReason }
  | { readonly kind: 'outdated' }

export interface FreshToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

export interface Connection {
  state(): ConnectionState
  subscribe(listener: () => void): () => void
  /** Rejects with ConnectionLost when there is no connection, or no answer in time. */
  ask<Answer>(name: string, ...args: readonly unknown[]): Promise<Answer>
  /** Sent if there is a connection, dropped otherwise. */
  tell(name: string, ...args: readonly unknown[]): void
  /** Everything that the server says under this name. */
  on(name: string, handler: (...args: readonly unknown[]) => void): () => void
  /** Tries at once instead of waiting (the device says that it is online again). */
  nudge(): void
  /** The device says that it has no connection: what stands is given up at once, and tries go on by themselves. */
  deviceOffline(): void
  /** Gives the connection up as dead and opens another. */
  restart(): void
  close(): void
}

export interface ConnectionDeps {
  readonly caseId: CaseId
  readonly openTransport: OpenTransport
  /** 'ended': nobody can be let in without a new code or password. Rejects when the server cannot be reached. */
  readonly freshToken: (options: { renew: boolean }) => Promise<FreshToken | 'ended'>
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
}

export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

const ANSWER_WITHIN = 10_000
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000
const PAUSE_WHEN_TOO_MANY = 30_000
const RENEW_BEFORE = 60_000

export function createConnection(deps: ConnectionDeps): Connection {
  const { timers, clock } = deps
  const listeners = new Set<() => void>()
  const handlers = new Map<string, Set<(...args: readonly unknown[]) => void>>()
  let state: ConnectionState = { kind: 'connecting' }
  let transport: Transport | undefined
  let generation = 0
  let failures = 0
  let renew = false
  let told: Refusal | undefined
  let cancelPause: (() => void) | undefined
  let cancelRenewal: (() => void) | undefined

  function become(next: ConnectionState) {
    if (next.kind === state.kind && next.kind !== 'closed' && !(next.kind === 'offline' && waitsOtherwise(next.toldToWait === true))) return
    state = next
    for (const listener of [...listeners]) listener()
  }

  const waitsOtherwise = (toldToWait: boolean) => state.kind === 'offline' && (state.toldToWait === true) !== toldToWait

  function drop() {
    generation++
    cancelPause?.()
    cancelRenewal?.()
    cancelPause = undefined
    transport?.close()
    transport = undefined
  }

  async function open() {
    drop()
    const mine = generation
    // 'offline' lasts until there is a connection: a screen that says "trying…" every few seconds makes nobody calmer
    if (state.kind !== 'offline') become({ kind: 'connecting' })
    let fresh: FreshToken | 'ended'
    try {
      fresh = await deps.freshToken({ renew })
    } catch {
      // the server cannot be reached for a token either: the same as no connection
      if (mine === generation) pause(undefined)
      return
    }
    if (mine !== generation) return
    if (fresh === 'ended') return settle({ kind: 'closed', reason: 'session-expired' })
    const { token, expiresAt } = fresh
    keepFresh(expiresAt)
    told = undefined
    transport = deps.openTransport(
      { token, caseId: deps.caseId, protocol: PROTOCOL_VERSION },
      {
        opened() {
          if (mine !== generation) return
          failures = 0
          renew = false
          become({ kind: 'live' })
        },
        refused: (data) => mine === generation && ended(refusalOf(data)),
        lost: () => mine === generation && ended(told),
        message(name, args) {
          if (mine !== generation) return
          if (name === WIRE.closed) told = closingOf(args[0])
          for (const handler of [...(handlers.get(name) ?? [])]) handler(...args)
        },
      },
    )
  }

  function ended(refusal: Refusal | undefined) {
    transport = undefined
    switch (refusal?.kind) {
      case 'for-good':
        return settle({ kind: 'closed', reason: refusal.reason })
      case 'outdated':
        return settle({ kind: 'outdated' })
      case 'token':
        // a token that the server has just refused is never shown twice: renewed once, then the session is over
        if (renew) return settle({ kind: 'closed', reason: 'session-expired' })
        renew = true
        return pause(0)
      case 'slow-down':
        return pause(refusal.seconds === undefined ? PAUSE_WHEN_TOO_MANY : refusal.seconds * 1_000, true)
      default:
        return pause(undefined)
    }
  }

  function settle(last: ConnectionState) {
    drop()
    become(last)
  }

  function pause(atLeast: number | undefined, toldToWait = false) {
    cancelRenewal?.()
    become({ kind: 'offline', since: state.kind === 'offline' ? state.since : clock.now(), toldToWait })
    const ceiling = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++)
    const jitter = (deps.entropy.bytes(1, 'reconnect')[0] ?? 0) / 255
    const wait = atLeast === 0 ? 0 : (atLeast ?? 0) + ceiling * (0.5 + jitter / 2)
    cancelPause = timers.after(wait, () => {
      cancelPause = undefined
      void open()
    })
  }

  // The refresh cookie lives on only while it is used: a talk of two hours must not end the session under the person's hands.
  function keepFresh(expiresAt: number) {
    cancelRenewal?.()
    cancelRenewal = timers.after(Math.max(30_000, expiresAt - clock.now() - RENEW_BEFORE), () => {
      const mine = generation
      deps.freshToken({ renew: false }).then(
        (fresh) => {
          if (mine !== generation || fresh === 'ended') return
          keepFresh(fresh.expiresAt)
          // not answered is no harm: the server then closes, and the new connection shows the new token
          transport?.ask(WIRE.renew, ANSWER_WITHIN, fresh.token).catch(() => undefined)
        },
        () => {
          if (mine === generation) keepFresh(clock.now() + RENEW_BEFORE + 30_000)
        },
      )
    })
  }

  const isOver = () => state.kind === 'closed' || state.kind === 'outdated'
  void open()

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async ask<Answer>(name: string, ...args: readonly unknown[]) {
      if (!transport || state.kind !== 'live') throw new ConnectionLost(name)
      try {
        return (await transport.ask(name, ANSWER_WITHIN, ...args)) as Answer // the server is ours and answers by the protocol
      } catch (cause) {
        throw new ConnectionLost(name, { cause })
      }
    },
    tell(name, ...args) {
      if (state.kind === 'live') transport?.tell(name, ...args)
    },
    on(name, handler) {
      const set = handlers.get(name) ?? new Set()
      handlers.set(name, set)
      set.add(handler)
      return () => set.delete(handler)
    },
    nudge() {
      if (!cancelPause || (state.kind === 'offline' && state.toldToWait === true)) return
      failures = 0
      void open()
    },
    deviceOffline() {
      // without this a connection that is gone looks alive until a ping is missed, 20 seconds later
      if (isOver() || state.kind === 'offline') return
      drop()
      pause(undefined)
    },
    restart() {
      if (!isOver()) void open()
    },
    close() {
      drop()
      listeners.clear()
      handlers.clear()
    },
  }
}
