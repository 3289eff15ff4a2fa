import { describe, expect, it } from 'vitest'
import { seededEntropy } from '#server/testing/entropy.ts'
import { carriesMediaAlone, relayCandidate, relayedAlone, withoutAddresses } from './signal-filter.ts'

const RELAY = 'candidate:3098175849 1 udp 41885439 203.0.113.9 49203 typ relay'
const KEPT = `${RELAY} raddr 0.0.0.0 rport 0`

describe('a candidate that may go on', () => {
  it.each<[name: string, given: string, kept: string | undefined]>([
    ['the relay’s', `${RELAY} raddr 0.0.0.0 rport 0 generation 0`, `${KEPT} generation 0`],
    [
      'the relay’s, with the address behind it',
      `${RELAY} raddr 95.56.12.7 rport 50123 generation 0 ufrag x+Yz network-id 3 network-cost 900`,
      `${KEPT} generation 0 ufrag x+Yz`,
    ],
    [
      'the relay’s over IPv6',
      'candidate:1 1 UDP 5 2001:db8::9 49203 typ relay raddr 2001:db8::1 rport 5',
      'candidate:1 1 UDP 5 2001:db8::9 49203 typ relay raddr 0.0.0.0 rport 0',
    ],
    ['one’s own network', 'candidate:1 1 udp 2122260223 192.168.1.7 50123 typ host generation 0', undefined],
    ['a name of one’s own network', 'candidate:1 1 udp 2122260223 4f1a.local 50123 typ host', undefined],
    ['one’s own provider', 'candidate:2 1 udp 1686052607 95.56.12.7 50123 typ srflx raddr 192.168.1.7 rport 50123', undefined],
    ['learned on the way', 'candidate:3 1 udp 1686052607 95.56.12.7 50123 typ prflx raddr 0.0.0.0 rport 0', undefined],
    ['over TCP from one’s own network', 'candidate:4 1 tcp 1518280447 192.168.1.7 9 typ host tcptype active', undefined],
    ['a host that says relay further on', 'candidate:1 1 udp 1 192.168.1.7 5 typ host typ relay', undefined],
    [
      'relay in capitals, as no browser writes it',
      'candidate:1 1 udp 1 203.0.113.9 5 typ RELAY',
      'candidate:1 1 udp 1 203.0.113.9 5 typ relay raddr 0.0.0.0 rport 0',
    ],
    ['a relay with something glued to it', 'candidate:1 1 udp 1 203.0.113.9 5 typ relay:host', undefined],
    ['a relay by a name that one would have to look up', 'candidate:1 1 udp 1 spy.example 5 typ relay', undefined],
    ['a second line', `${RELAY}\r\na=candidate:1 1 udp 1 192.168.1.7 5 typ host`, undefined],
    ['with what stands before it in a description', `a=${RELAY}`, undefined],
    ['nothing', ' ', undefined],
  ])('[CAL-13] %s', (_name, given, kept) => {
    expect(relayCandidate(given)).toBe(kept)
    const data = { candidate: { candidate: given, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' } }
    expect(relayedAlone(data)).toEqual(kept === undefined ? undefined : { candidate: { ...data.candidate, candidate: kept } })
    const described = withoutAddresses(`v=0\r\na=${given}\r\n`)
    if (kept && !given.includes('\n')) expect(described).toBe(`v=0\r\na=${kept}\r\n`)
  })

  it('[CAL-13] "there are no more" goes on', () => {
    const last = { candidate: { candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null } }
    expect(relayedAlone(last)).toEqual(last)
  })
})

/** As Firefox and Chromium write them, with every place where an address can stand. */
const DESCRIPTION = [
  'v=0',
  'o=mozilla...THIS_IS_SDPARTA-99.0 4611731400430051336 2 IN IP4 192.168.1.7',
  's=-',
  'i=from 192.168.1.7',
  'u=http://192.168.1.7/',
  'c=IN IP4 95.56.12.7',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'm=audio 50123 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP6 2001:db8:1::7',
  'a=rtcp:50124 IN IP4 95.56.12.7',
  'a=candidate:1 1 udp 2122260223 192.168.1.7 50123 typ host generation 0 network-id 1',
  'A=CANDIDATE:1 1 udp 2122260223 192.168.1.7 50123 typ host',
  `a=${RELAY} raddr 95.56.12.7 rport 50123`,
  'a=remote-candidates:1 95.56.12.7 50123',
  'a=source-filter: incl IN IP4 * 95.56.12.7',
  'a=ice-ufrag:x+Yz',
  'a=ice-pwd:c7a1d5f8e2b94a60b3',
  'a=fingerprint:sha-256 AA:BB:CC',
  'a=rtpmap:111 opus/48000/2',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=end-of-candidates',
  '',
]

describe('a description that may go on', () => {
  it('[CAL-13] keeps what the other device needs, and no address but the relay’s', () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const passed = withoutAddresses(DESCRIPTION.join(end))
      expect(passed.split('\r\n')).toEqual([
        'v=0',
        'o=mozilla...THIS_IS_SDPARTA-99.0 4611731400430051336 2 IN IP4 0.0.0.0',
        's=-',
        'c=IN IP4 0.0.0.0',
        't=0 0',
        'a=group:BUNDLE 0 1',
        'm=audio 50123 UDP/TLS/RTP/SAVPF 111',
        'c=IN IP4 0.0.0.0',
        'a=rtcp:9 IN IP4 0.0.0.0',
        `a=${KEPT}`,
        'a=ice-ufrag:x+Yz',
        'a=ice-pwd:c7a1d5f8e2b94a60b3',
        'a=fingerprint:sha-256 AA:BB:CC',
        'a=rtpmap:111 opus/48000/2',
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        'a=end-of-candidates',
        '',
      ])
    }
  })

  it('[CAL-13] whatever its lines and their order, neither address of the sender is left', () => {
    const entropy = seededEntropy('lines')
    for (let turn = 0; turn < 500; turn++) {
      const bytes = entropy.bytes(40, 'order')
      const lines = [...bytes].map((byte) => {
        const line = DESCRIPTION[byte % DESCRIPTION.length] ?? ''
        return byte > 200 ? line.toUpperCase() : line
      })
      const passed = withoutAddresses(lines.join(bytes[0] && bytes[0] > 128 ? '\n' : '\r\n'))
      expect(passed).not.toMatch(/192\.168\.1\.7|95\.56\.12\.7|2001:db8:1::7/i)
    }
  })

  it.each([
    ['sound and picture', DESCRIPTION.join('\r\n'), true],
    ['a channel for data', 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n', false],
    ['a channel for data behind sound', `${DESCRIPTION.join('\n')}m=application 9 UDP/DTLS/SCTP webrtc-datachannel`, false],
    ['behind a bare carriage return', 'v=0\rm=application 9 DTLS/SCTP 5000', false],
    ['text', 'v=0\r\nm=text 9 RTP/AVP 98\r\n', false],
    ['letters that no description has', 'v=0\r\ns=құпия\r\n', false],
    ['a line end that only some know', 'v=0\u2028m=application 9 x', false],
  ])('[CAL-14] %s', (_name, sdp, allowed) => {
    expect(carriesMediaAlone(sdp)).toBe(allowed)
  })
})
