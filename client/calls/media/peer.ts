// One connection to one other device of the same call. Both ends may change what they send or wish to see at any time ("perfect negotiation":
// where two changes meet, the polite one gives way); the end that offers first makes the two places, one for the voice and one for the picture.
import type { SignalData } from '#shared/calls/call-wire.ts'
import { SOUND_BITS, withThriftySound } from './thrifty-sound.ts'

export type PeerState = 'connecting' | 'connected' | 'lost'

export interface PeerDeps {
  readonly connect: (configuration: RTCConfiguration) => RTCPeerConnection
  readonly configuration: RTCConfiguration
  /** Of two ends exactly one offers first. */
  readonly offers: boolean
  readonly polite: boolean
  /** With the installation's own server at the other end, voices go one way. */
  readonly flow: 'both' | 'send' | 'receive'
  readonly tell: (signal: SignalData) => void
  readonly changed: () => void
}

/** What one end sends, and what it wishes to see. */
export interface Shown {
  readonly sound: MediaStreamTrack | undefined
  readonly picture: MediaStreamTrack | undefined
  readonly wantsPicture: boolean
}

const VOICE = { both: 'sendrecv', send: 'sendonly', receive: 'recvonly' } as const
const PICTURE_BITS = 150_000
/** Voice and picture go one way through the network. */
const TOGETHER = { bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' } as const
const NOTHING: Shown = { sound: undefined, picture: undefined, wantsPicture: false }

export class Peer {
  readonly #deps: PeerDeps
  readonly #pc: RTCPeerConnection
  #shown = NOTHING
  #making = false
  #ignoring = false
  #over = false
  /** Signals are taken one after the other: a candidate must not overtake the description that it belongs to. */
  #turn: Promise<void> = Promise.resolve()

  constructor(deps: PeerDeps) {
    this.#deps = deps
    this.#pc = deps.connect({ ...deps.configuration, ...TOGETHER })
    this.#pc.onnegotiationneeded = () => void this.#describe()
    this.#pc.onicecandidate = ({ candidate }) => {
      if (!candidate) return
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate
      deps.tell({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } })
    }
    this.#pc.onconnectionstatechange = () => deps.changed()
    this.#pc.onsignalingstatechange = () => void this.#measure()
    if (!deps.offers) return
    this.#pc.addTransceiver('audio', { direction: VOICE[deps.flow] })
    if (deps.flow === 'both') this.#pc.addTransceiver('video', { direction: 'inactive' })
  }

  get state(): PeerState {
    switch (this.#pc.connectionState) {
      case 'connected':
        return 'connected'
      case 'disconnected':
      case 'failed':
      case 'closed':
        return 'lost'
      default:
        return 'connecting'
    }
  }

  /** The other end's voice and picture; there from the first description on. */
  get sound(): MediaStreamTrack | undefined {
    return this.#place('audio')?.receiver.track
  }

  /** Undefined while none comes. */
  get picture(): MediaStreamTrack | undefined {
    const place = this.#place('video')
    return place?.currentDirection === 'sendrecv' || place?.currentDirection === 'recvonly' ? place.receiver.track : undefined
  }

  /** 0 to 1, of the last moment; 0 while nothing is heard. */
  get level(): number {
    return this.#place('audio')?.receiver.getSynchronizationSources?.()[0]?.audioLevel ?? 0
  }

  /** From now on this end sends and wishes to see this. */
  async show(shown: Shown): Promise<void> {
    this.#shown = shown
    await this.#fill()
  }

  take(signal: SignalData): Promise<void> {
    this.#turn = this.#turn.then(() => (this.#over ? undefined : this.#take(signal))).catch(() => undefined) // a signal that fits no more is no reason to end a call; what is missing shows in the state
    return this.#turn
  }

  /** The way to the other end is looked for anew: another network, a way that was lost. */
  restart(configuration: RTCConfiguration): void {
    if (this.#over) return
    this.#pc.setConfiguration({ ...configuration, ...TOGETHER })
    this.#pc.restartIce()
  }

  stats(): Promise<RTCStatsReport> {
    return this.#pc.getStats()
  }

  /** Nothing is sent or heard from this moment on. */
  close(): void {
    this.#over = true
    this.#pc.onnegotiationneeded = null
    this.#pc.onicecandidate = null
    this.#pc.onconnectionstatechange = null
    this.#pc.onsignalingstatechange = null
    this.#pc.close()
  }

  async #take(signal: SignalData): Promise<void> {
    if ('candidate' in signal) {
      try {
        await this.#pc.addIceCandidate(signal.candidate)
      } catch (cause) {
        if (!this.#ignoring) throw cause
      }
      return
    }
    const { type, sdp } = signal.description
    const meets = type === 'offer' && (this.#making || this.#pc.signalingState !== 'stable')
    this.#ignoring = !this.#deps.polite && meets
    if (this.#ignoring) return
    await this.#pc.setRemoteDescription({ type, sdp: withThriftySound(sdp) })
    await this.#fill()
    if (type === 'offer') await this.#describe('answer')
    this.#deps.changed()
  }

  async #describe(kind: 'offer' | 'answer' = 'offer'): Promise<void> {
    if (this.#over) return
    try {
      this.#making = kind === 'offer'
      await this.#pc.setLocalDescription()
      const made = this.#pc.localDescription
      if (made && !this.#over) this.#deps.tell({ description: { type: made.type === 'offer' ? 'offer' : 'answer', sdp: made.sdp } })
    } catch (cause) {
      if (!this.#over) throw cause
    } finally {
      this.#making = false
    }
  }

  async #fill(): Promise<void> {
    try {
      await this.#fillPlaces()
    } catch (cause) {
      if (!this.#over) throw cause // closed while a track was put in its place
    }
  }

  async #fillPlaces(): Promise<void> {
    const { sound, picture, wantsPicture } = this.#shown
    const [voice, face] = [this.#place('audio'), this.#place('video')]
    if (this.#over || !voice) return
    turnTo(voice, VOICE[this.#deps.flow])
    if (this.#deps.flow !== 'receive') await put(voice.sender, sound)
    if (this.#over || this.#deps.flow !== 'both' || !face) return
    turnTo(face, picture ? (wantsPicture ? 'sendrecv' : 'sendonly') : wantsPicture ? 'recvonly' : 'inactive')
    await put(face.sender, picture)
  }

  /** Once both ends agree: before that there are no encodings to set. */
  async #measure(): Promise<void> {
    if (this.#over || this.#pc.signalingState !== 'stable') return
    for (const { sender, receiver } of this.#pc.getTransceivers())
      await limit(sender, receiver.track.kind === 'audio' ? SOUND_BITS : PICTURE_BITS)
  }

  #place(kind: 'audio' | 'video'): RTCRtpTransceiver | undefined {
    return this.#pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)
  }
}

/** Setting the same direction again would ask the other end for nothing. */
function turnTo(place: RTCRtpTransceiver, direction: RTCRtpTransceiverDirection): void {
  if (place.direction !== direction) place.direction = direction
}

async function put(sender: RTCRtpSender, track: MediaStreamTrack | undefined): Promise<void> {
  if (sender.track !== (track ?? null)) await sender.replaceTrack(track ?? null)
}

async function limit(sender: RTCRtpSender, bits: number): Promise<void> {
  const parameters = sender.getParameters()
  if (parameters.encodings.every(({ maxBitrate }) => maxBitrate === bits)) return
  for (const encoding of parameters.encodings) encoding.maxBitrate = bits
  try {
    await sender.setParameters(parameters)
  } catch {
    // both ends began to change something meanwhile: it is set once they agree again
  }
}
