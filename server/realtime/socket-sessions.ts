// How long each connection may live: as long as the newest token that was shown on it, by a timer that no jump of the clock moves.
import type { Socket } from 'socket.io'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { CloseReason } from '#shared/protocol/wire.ts'

export interface Session {
  readonly participantId: ParticipantId
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** No token lives as long; a clock that was set back between a token and its connection must not make it live for ever. */
const LONGEST = 60 * 60_000

interface Shown {
  readonly token: string
  readonly session: Session
  readonly cancel: () => void
}

interface SocketSessionsDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly authenticate: (token: string, caseId: CaseId) => Promise<Session | undefined>
  readonly end: (socket: Socket, reason: CloseReason) => void
}

export function makeSocketSessions({ clock, timers, authenticate, end }: SocketSessionsDeps) {
  const shown = new WeakMap<Socket, Shown>()
  return {
    show(socket: Socket, token: string, session: Session): void {
      shown.get(socket)?.cancel()
      const left = Math.min(LONGEST, Math.max(0, session.expiresAt - clock.now()))
      shown.set(socket, { token, session, cancel: timers.after(left, () => end(socket, 'session-expired')) })
    },
    forget(socket: Socket): void {
      shown.get(socket)?.cancel()
    },
    /** Ends the connection if its session has ended elsewhere. */
    async recheck(socket: Socket, caseId: CaseId): Promise<void> {
      const before = shown.get(socket)
      const session = before && (await authenticate(before.token, caseId))
      if (session && session.participantId === before.session.participantId) return
      // Renewed while it was being looked at: the newer token was looked at on its own.
      if (shown.get(socket) !== before) return
      // A clock that was set forward makes tokens look old before their time: the device may show a fresh one.
      const old = before !== undefined && before.session.expiresAt <= clock.now()
      end(socket, old ? 'session-expired' : 'signed-out')
    },
  }
}
