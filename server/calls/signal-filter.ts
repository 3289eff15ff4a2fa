// Where sound goes by the relay alone, no signal carries an address but the relay's: what a changed device would send of its own network, or
// try to coax out of another's, ends here. The session description keeps its lines; those that name addresses lose them.
import type { SignalData } from '#shared/calls/call-wire.ts'

const LINE_END = /\r\n|\n|\r/
/** foundation, component, transport, priority, address, port, type; the rest is rebuilt. */
const CANDIDATE = /^candidate:([\w+/]{1,32}) (\d{1,3}) (udp|tcp) (\d{1,10}) ([0-9a-fA-F.:]{2,45}) (\d{1,5}) typ relay(?= |$)(.*)$/i
const GENERATION = / generation (\d{1,5})(?= |$)/
const FRAGMENT = / ufrag ([\w+/]{1,256})(?= |$)/
/** Letters that a description is made of: anything else is no description. */
const PLAIN = /^[\x20-\x7e\r\n\t]*$/
const MEDIA = /^m=(\S+)/
const CARRIED = new Set(['audio', 'video'])

/** Sound and picture alone go from device to device: a channel for data would carry words past the record, and past those who may not read them. */
export function carriesMediaAlone(sdp: string): boolean {
  return PLAIN.test(sdp) && sdp.split(LINE_END).every((line) => !line.startsWith('m=') || CARRIED.has(MEDIA.exec(line)?.[1] ?? ''))
}

/** Of a signal what may go on; undefined when nothing of it may. */
export function relayedAlone(data: SignalData): SignalData | undefined {
  if ('description' in data) return { description: { ...data.description, sdp: withoutAddresses(data.description.sdp) } }
  const { candidate } = data.candidate
  if (candidate === '') return data
  const relayed = relayCandidate(candidate)
  return relayed === undefined ? undefined : { candidate: { ...data.candidate, candidate: relayed } }
}

/** The relay's own address, and nothing of the network behind it: neither its address nor how many there are and of what kind. */
export function relayCandidate(text: string): string | undefined {
  const match = CANDIDATE.exec(text)
  if (!match) return undefined
  const [, foundation, component, transport, priority, address, port, rest = ''] = match
  const generation = GENERATION.exec(rest)?.[1]
  const fragment = FRAGMENT.exec(rest)?.[1]
  const kept = `candidate:${foundation} ${component} ${transport} ${priority} ${address} ${port} typ relay raddr 0.0.0.0 rport 0`
  return [kept, generation === undefined ? '' : ` generation ${generation}`, fragment === undefined ? '' : ` ufrag ${fragment}`].join('')
}

export function withoutAddresses(sdp: string): string {
  return sdp
    .split(LINE_END)
    .flatMap((line) => lineWithoutAddress(line))
    .join('\r\n')
}

function lineWithoutAddress(line: string): readonly string[] {
  if (/^a=candidate:/i.test(line)) {
    const relayed = relayCandidate(line.slice(2))
    return relayed === undefined ? [] : [`a=${relayed}`]
  }
  if (/^c=/i.test(line)) return ['c=IN IP4 0.0.0.0']
  if (/^o=/i.test(line)) {
    const [name = '-', id = '0', version = '0'] = line.slice(2).split(' ')
    return [`o=${name} ${id} ${version} IN IP4 0.0.0.0`]
  }
  if (/^a=rtcp:/i.test(line)) return ['a=rtcp:9 IN IP4 0.0.0.0']
  // Whatever else could name an address: other candidates, contacts, a URL.
  return /^(?:a=remote-candidates|a=source-filter|[uepi]=)/i.test(line) ? [] : [line]
}
