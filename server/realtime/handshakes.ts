// Connections that have not shown yet who they are. They cost memory before anybody is believed, so there is a bounded number of them, and few of one network.
// When there are too many, the network that holds most of them gives its oldest one up: whoever is honest has shown their token long before.
import type { IncomingMessage } from 'node:http'
import type { Server } from 'socket.io'

interface HandshakeBounds {
  readonly ofAddress: number
  readonly inAll: number
}

/** A mobile network shares one address among thousands; each of them needs a second at most. */
export const HANDSHAKES: HandshakeBounds = { ofAddress: 100, inAll: 1_000 }

/** A connection as engine.io knows it. */
interface EngineConnection {
  readonly request: IncomingMessage
  once(name: 'close', listener: () => void): unknown
  close(discard: boolean): void
}

interface Handshakes {
  /** Connections that wait to be admitted. */
  waiting(): number
}

export function boundHandshakes(
  io: Server,
  { addressOf, bounds = HANDSHAKES }: { addressOf: (request: IncomingMessage) => string; bounds?: HandshakeBounds },
): Handshakes {
  const byAddress = new Map<string, Set<EngineConnection>>()
  const addresses = new Map<EngineConnection, string>()

  function done(connection: EngineConnection): void {
    const address = addresses.get(connection)
    if (address === undefined) return
    addresses.delete(connection)
    const connections = byAddress.get(address)
    connections?.delete(connection)
    if (connections?.size === 0) byAddress.delete(address)
  }

  function giveUpOldest(connections: Set<EngineConnection>): void {
    const [oldest] = connections
    if (!oldest) return
    done(oldest)
    oldest.close(true)
  }

  function fullest(): Set<EngineConnection> {
    return [...byAddress.values()].reduce(
      (most, connections) => (connections.size > most.size ? connections : most),
      new Set<EngineConnection>(),
    )
  }

  io.engine.on('connection', (connection: EngineConnection) => {
    const address = addressOf(connection.request)
    const connections = byAddress.get(address) ?? new Set()
    byAddress.set(address, connections.add(connection))
    addresses.set(connection, address)
    connection.once('close', () => done(connection))
    if (connections.size > bounds.ofAddress) giveUpOldest(connections)
    else if (addresses.size > bounds.inAll) giveUpOldest(fullest())
  })
  io.on('connection', ({ conn }) => done(conn))

  return { waiting: () => addresses.size }
}
