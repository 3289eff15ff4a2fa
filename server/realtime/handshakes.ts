// Lines that have not shown yet who they are. They cost memory before anybody is believed, so there is a bounded number of them, and few of one network.
// When there are too many, the network that holds most of them gives its oldest one up: whoever is honest has shown their token long before.
import type { IncomingMessage } from 'node:http'
import type { Server } from 'socket.io'

interface HandshakeBounds {
  readonly ofAddress: number
  readonly inAll: number
}

/** A mobile network shares one address among thousands; each of them needs a second at most. */
export const HANDSHAKES: HandshakeBounds = { ofAddress: 100, inAll: 1_000 }

/** A line as engine.io knows it. */
interface Line {
  readonly request: IncomingMessage
  once(name: 'close', listener: () => void): unknown
  close(discard: boolean): void
}

interface Handshakes {
  /** Lines that wait to be admitted. */
  waiting(): number
}

export function boundHandshakes(
  io: Server,
  { addressOf, bounds = HANDSHAKES }: { addressOf: (request: IncomingMessage) => string; bounds?: HandshakeBounds },
): Handshakes {
  const byAddress = new Map<string, Set<Line>>()
  const addresses = new Map<Line, string>()

  function done(line: Line): void {
    const address = addresses.get(line)
    if (address === undefined) return
    addresses.delete(line)
    const lines = byAddress.get(address)
    lines?.delete(line)
    if (lines?.size === 0) byAddress.delete(address)
  }

  function giveUpOldest(lines: Set<Line>): void {
    const [oldest] = lines
    if (!oldest) return
    done(oldest)
    oldest.close(true)
  }

  function fullest(): Set<Line> {
    return [...byAddress.values()].reduce((most, lines) => (lines.size > most.size ? lines : most), new Set<Line>())
  }

  io.engine.on('connection', (line: Line) => {
    const address = addressOf(line.request)
    const lines = byAddress.get(address) ?? new Set()
    byAddress.set(address, lines.add(line))
    addresses.set(line, address)
    line.once('close', () => done(line))
    if (lines.size > bounds.ofAddress) giveUpOldest(lines)
    else if (addresses.size > bounds.inAll) giveUpOldest(fullest())
  })
  io.on('connection', ({ conn }) => done(conn))

  return { waiting: () => addresses.size }
}
