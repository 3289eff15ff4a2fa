// What a connection's own counters say: how much went over the network, and how well it arrives.

export interface StatsSample {
  /** Bytes on the network since the connection began, sent and received, with the heads of their packets. */
  readonly bytes: number
  /** 0 to 1 since the sample before: what did not arrive, at either end. */
  readonly loss: number
  /** Seconds to the other end and back. */
  readonly delay: number
  /** Bits per second that could be sent; undefined while the browser does not know. */
  readonly room: number | undefined
  /** For the next sample. */
  readonly counted: Counted
}

interface Counted {
  readonly received: number
  readonly lost: number
}

/** An IPv4 and a UDP head. */
const HEAD = 28
const NONE: Counted = { received: 0, lost: 0 }

/** As much of a report as is read; its entries have more, and other browsers other ones. */
export type StatsEntries = Iterable<Readonly<Record<string, unknown>>>

export function sampleOf(entries: StatsEntries, before: Counted = NONE): StatsSample {
  let [bytes, packets, received, lost, far, delay] = [0, 0, 0, 0, 0, 0]
  let pairBytes = 0
  let room: number | undefined
  for (const entry of entries) {
    const number = (name: string) => (typeof entry[name] === 'number' ? entry[name] : 0)
    switch (entry.type) {
      case 'transport':
        bytes += number('bytesSent') + number('bytesReceived')
        packets += number('packetsSent') + number('packetsReceived')
        break
      case 'candidate-pair':
        pairBytes += number('bytesSent') + number('bytesReceived')
        if (entry.nominated !== true) break
        if (number('availableOutgoingBitrate') > 0) room = number('availableOutgoingBitrate')
        delay = Math.max(delay, number('currentRoundTripTime'))
        break
      case 'inbound-rtp':
        received += number('packetsReceived')
        lost += number('packetsLost')
        break
      case 'remote-inbound-rtp':
        far = Math.max(far, number('fractionLost'))
        delay = Math.max(delay, number('roundTripTime'))
        break
    }
  }
  const counted = { received, lost }
  const [arrived, missing] = [received - before.received, Math.max(0, lost - before.lost)]
  // of a handful of packets one that is late is no loss
  const near = arrived + missing < 20 ? 0 : missing / (arrived + missing)
  // a browser without transport counters counts at its pairs
  return { bytes: bytes > 0 ? bytes + packets * HEAD : pairBytes, loss: Math.max(near, far), delay, room, counted }
}
