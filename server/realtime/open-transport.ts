// The socket server itself: what it accepts before anybody is known, and how it ends.
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import { type ServerOptions as FrameReaderOptions, WebSocketServer } from 'ws'
import type { Timers } from '#shared/kernel/clock.ts'
import { coalesceWrites } from './coalesce-writes.ts'
import { openConnections } from './connection-limits.ts'
import { boundHandshakes } from './handshakes.ts'

/** Large enough for a pasted document in one draft frame, small enough that a flood of them does no harm. */
const MAX_FRAME_BYTES = 400_000

const FAREWELL = 1_000

export interface TransportDeps {
  readonly http: HttpServer
  readonly allowRequest: (request: IncomingMessage) => boolean
  /** The network a connection comes from. */
  readonly addressOf: (request: IncomingMessage) => string
}

/** Reads one frame of each connection in a turn: thousands that arrive at once wait for those of everybody else. */
class FrameByFrame extends WebSocketServer {
  constructor(options: FrameReaderOptions) {
    super({ ...options, allowSynchronousEvents: false })
  }
}

export function openTransport({ http, allowRequest, addressOf }: TransportDeps): Server {
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    // the length of what is compressed can give away what is in it
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    wsEngine: FrameByFrame,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 15_000,
    allowRequest: (request, decide) => decide(null, allowRequest(request)),
  })
  coalesceWrites(io)
  boundHandshakes(io, { addressOf })
  return io
}

export async function closeTransport(io: Server, { http, timers }: { readonly http: HttpServer; readonly timers: Timers }): Promise<void> {
  // A browser's spare connection has asked for nothing yet. Node does not count it as idle and would wait for it for ever.
  const terminateRest = openConnections(io)
  const stopWaiting = timers.after(FAREWELL, () => {
    http.closeAllConnections()
    terminateRest()
  })
  await io.close()
  stopWaiting()
}
