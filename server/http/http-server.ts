// The listening server that HTTP and rooms share, and how long it waits for somebody who sends nothing and takes nothing.
import { createServer, type Server } from 'node:http'

/** Rooms keep their own connections alive, and find those that are gone. */
const STILL_MS = 120_000

/** A connection on which nothing has moved for so long, in either direction, is closed: an answer that nobody takes holds no memory for ever. */
export function createHttpServer(stillMs: number = STILL_MS): Server {
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 60_000 })
  server.timeout = stillMs
  return server
}
