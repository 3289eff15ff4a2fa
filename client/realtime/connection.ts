// The connection of one case: one transport at a time, opened again with patience and jitter. Whoever was told why it ended
// does not knock in vain: a session that is over, a case that was left, a client that is too old stay closed.
import { createStore } from '#client/ui/state/create-store.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { type AttemptDeps, beginAttempt } from './attempt.ts'
import { makeBlockWatch } from './block-watch.ts'
import { type Again, consequenceOf, type Over, OWN_PAUSE, type Refusal } from './closing.ts'
import { type MessageHandler, makeMessageHandlers } from './message-handlers.ts'
import { makePauses } from './pauses.ts'
import { makeTokenRenewal } from './token-renewal.ts'
import type { Transport } from './transport.ts'

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** No connection; the next try comes by itself. `toldToWait`: the server asked for a pause, which no wish of the device shortens. `blocked`: the server answers, but no WebSocket comes through. */
  | { readonly kind: 'offline'; readonly since: number; readonly toldToWait?: boolean; readonly blocked?: boolean }
  | Over

export interface Connection {
  state(): ConnectionState
  subscribe(listener: () => void): () => void
  /** Rejects with ConnectionLost when there is no connection, or no answer in time. */
  ask<Answer>(name: string, ...args: readonly unknown[]): Promise<Answer>
  /** Sent if there is a connection, dropped otherwise. */
  tell(name: string, ...args: readonly unknown[]): void
  /** Everything that the server says under this name. */
  on(name: string, handler: MessageHandler): () => void
  /** Tries at once instead of waiting (the device says that it is online again). */
  nudge(): void
  /** The device says that it has no connection: what stands is given up at once, and tries go on by themselves, the first after so many milliseconds. */
  deviceOffline(atLeast?: number): void
  /** Gives the connection up as dead and opens another. */
  restart(): void
  close(): void
}

export interface ConnectionDeps extends AttemptDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  /** Whether the server answers a plain question over HTTP. */
  readonly isReachable?: (() => Promise<boolean>) | undefined
}

export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

const ANSWER_WITHIN = 10_000

export function createConnection(deps: ConnectionDeps): Connection {
  const state = createStore<ConnectionState>({ kind: 'connecting' })
  const handlers = makeMessageHandlers()
  const pauses = makePauses(deps)
  // not answered is no harm: the server then closes, and the new connection shows the new token
  const showToken = (token: string) => void askOver(liveTransport(), WIRE.renew, [token]).catch(() => undefined)
  const network = makeBlockWatch(deps.isReachable, (blocked) => {
    const now = state.state()
    if (now.kind === 'offline') become({ ...now, blocked })
  })
  const renewal = makeTokenRenewal({ ...deps, renewed: showToken })
  let attempt: ReturnType<typeof beginAttempt> | undefined
  let isRenewed = false
  let isClosed = false

  const liveTransport = () => (state.state().kind === 'live' ? attempt?.transport() : undefined)
  /** The device has put it away, or was told for good. */
  const isOver = () => isClosed || state.state().kind === 'closed' || state.state().kind === 'outdated'

  function become(next: ConnectionState) {
    if (!isSame(state.state(), next)) state.set(next)
  }

  function drop() {
    attempt?.giveUp()
    attempt = undefined
    pauses.cancel()
    renewal.stop()
  }

  function open() {
    drop()
    // 'offline' lasts until there is a connection: a screen that says "trying…" every few seconds makes nobody calmer
    if (state.state().kind !== 'offline') become({ kind: 'connecting' })
    attempt = beginAttempt(deps, isRenewed, {
      admitted: renewal.keep,
      opened() {
        pauses.forgetFailures()
        isRenewed = false
        network.ended(true)
        become({ kind: 'live' })
      },
      message: handlers.tell,
      ended,
    })
  }

  function ended(refusal: Refusal | undefined) {
    network.ended(refusal !== undefined || state.state().kind === 'live')
    const next = consequenceOf(refusal, isRenewed)
    if (next.kind === 'again') return pause(next)
    drop()
    become(next)
  }

  function pause({ atLeast, renew, toldToWait }: Again) {
    isRenewed ||= renew
    renewal.stop()
    become({ kind: 'offline', since: offlineSince(state.state()) ?? deps.clock.now(), toldToWait, blocked: network.isBlocked() })
    pauses.begin(atLeast, open)
  }

  open()

  return {
    state: state.state,
    subscribe: state.subscribe,
    ask: (name, ...args) => askOver(liveTransport(), name, args),
    tell: (name, ...args) => liveTransport()?.tell(name, ...args),
    on: handlers.on,
    nudge() {
      if (!pauses.isUnderWay() || isToldToWait(state.state())) return
      pauses.forgetFailures()
      open()
    },
    deviceOffline(atLeast) {
      // without this a connection that is gone looks alive until a ping is missed, 20 seconds later
      if (isOver() || state.state().kind === 'offline') return
      drop()
      pause({ ...OWN_PAUSE, atLeast })
    },
    restart() {
      if (!isOver()) open()
    },
    close() {
      isClosed = true // what was asked for and is lost now must not open another
      drop()
      handlers.clear()
    },
  }
}

const isToldToWait = (state: ConnectionState) => state.kind === 'offline' && state.toldToWait === true
const offlineSince = (state: ConnectionState) => (state.kind === 'offline' ? state.since : undefined)

async function askOver<Answer>(transport: Transport | undefined, name: string, args: readonly unknown[]): Promise<Answer> {
  if (!transport) throw new ConnectionLost(name)
  try {
    return (await transport.ask(name, ANSWER_WITHIN, ...args)) as Answer // the server is ours and answers by the protocol
  } catch (cause) {
    throw new ConnectionLost(name, { cause })
  }
}

/** Nobody has to be told of the one after the other. */
function isSame(one: ConnectionState, other: ConnectionState): boolean {
  if (one.kind === 'offline' && other.kind === 'offline') {
    return one.toldToWait === other.toldToWait && one.blocked === other.blocked
  }
  return one.kind === other.kind && one.kind !== 'closed'
}
