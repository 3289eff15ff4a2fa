// What one connection travels over: opened, used, lost. Socket.IO in the browser; the connection decides when to open another.
import { io } from 'socket.io-client'
import type { HandshakeAuth } from '#shared/protocol/wire.ts'

export interface TransportHandlers {
  opened(): void
  /** The server did not let us in; `data` is what it said, undefined when it could not be reached. */
  refused(data: unknown): void
  /** It was open and is lost. */
  lost(): void
  message(name: string, args: readonly unknown[]): void
}

export interface Transport {
  tell(name: string, ...args: readonly unknown[]): void
  /** Rejects when no answer comes in time or the transport is lost first. */
  ask(name: string, milliseconds: number, ...args: readonly unknown[]): Promise<unknown>
  close(): void
}

export type OpenTransport = (auth: HandshakeAuth, handlers: TransportHandlers) => Transport

/** `origin` '' is the page's own server. Own reconnecting, no fallback transports, no recovery by Socket.IO: resuming by numbers is ours. */
export function socketTransport(origin = ''): OpenTransport {
  return (auth, handlers) => {
    const socket = io(origin, { auth, transports: ['websocket'], reconnection: false, forceNew: true, timeout: 10_000 })
    let finished = false
    const finish = (tell: () => void) => {
      if (finished) return
      finished = true
      tell()
    }
    socket.on('connect', () => handlers.opened())
    socket.on('connect_error', (error: Error & { data?: unknown }) => finish(() => handlers.refused(error.data)))
    socket.on('disconnect', () => finish(() => handlers.lost()))
    socket.onAny((name: string, ...args: unknown[]) => handlers.message(name, args))
    return {
      tell: (name, ...args) => {
        if (socket.connected) socket.emit(name, ...args)
      },
      ask: (name, milliseconds, ...args) => socket.timeout(milliseconds).emitWithAck(name, ...args),
      close() {
        finished = true
        socket.disconnect()
      },
    }
  }
}
