// What the load needs of a document server, ours or a peer's; each is used by its own public client.
import type * as Yjs from 'yjs'
import type { SeededSession } from '../platform/seeded.ts'

interface OpenRequest {
  readonly url: string
  readonly name: string
  readonly session: SeededSession
  /** The client id of the edits that will be brought; the document's own when left out. */
  readonly clientId?: number
}

export interface OpenDocument {
  readonly ydoc: Yjs.Doc
  /** Everything that this client wrote is acknowledged, as far as the server says anything. */
  saved(): boolean
  /** Bytes that wait on this client's connection. */
  backlog(): number
  close(): void
}

export interface Adapter {
  readonly Y: typeof Yjs
  open(request: OpenRequest): Promise<OpenDocument>
}

export type Peer = 'hocuspocus' | 'hocuspocus-durable' | 'y-websocket'
export type Kind = 'platform' | Peer

/** Where a peer lies under bench/peers, and how it is started. */
export const PEER_SERVERS: Readonly<Record<Peer, { readonly folder: string; readonly file: string; readonly name: string }>> = {
  hocuspocus: { folder: 'hocuspocus', file: 'server.mjs', name: 'Hocuspocus as it ships' },
  'hocuspocus-durable': { folder: 'hocuspocus', file: 'durable-server.mjs', name: 'Hocuspocus, on the disk before anybody is told' },
  'y-websocket': { folder: 'y-websocket', file: 'server.cjs', name: 'y-websocket' },
}

export function nameOf(kind: Kind): string {
  return kind === 'platform' ? 'ours, on the disk before anybody is told' : PEER_SERVERS[kind].name
}
