// A microphone and a connection for tests of what decides about them. That sound really goes, and really stops, is shown with real ones
// in e2e/calls.spec.ts.

export class FakeTrack {
  readonly kind: string
  readonly #did: string[]
  readonly label: string
  enabled = true
  muted = false
  onended: (() => void) | null = null
  onmute: (() => void) | null = null
  onunmute: (() => void) | null = null

  constructor(label: string, did: string[]) {
    this.label = label
    this.kind = label === 'camera' ? 'video' : 'audio'
    this.#did = did
  }

  stop(): void {
    this.#did.push(`${this.label} off`)
  }

  getSettings(): object {
    return {}
  }

  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack // as much of one as is asked for
  }
}

interface Place {
  direction: string
  currentDirection: string | null
  readonly receiver: { readonly track: FakeTrack }
  readonly sender: {
    track: MediaStreamTrack | null
    replaceTrack(track: MediaStreamTrack | null): Promise<void>
    getParameters(): { encodings: never[] }
    setParameters(): Promise<void>
  }
}

export class FakeConnection {
  readonly configuration: RTCConfiguration
  readonly #did: string[]
  readonly #places: Place[] = []
  isClosed = false
  restarts = 0
  bytes = 0
  connectionState = 'new'
  signalingState = 'stable'
  localDescription: { type: string; sdp: string } | null = null
  onconnectionstatechange: (() => void) | null = null
  onnegotiationneeded: (() => void) | null = null
  onicecandidate: ((event: object) => void) | null = null
  onsignalingstatechange: (() => void) | null = null

  constructor(configuration: RTCConfiguration, did: string[]) {
    this.configuration = configuration
    this.#did = did
  }

  addTransceiver(kind: string, { direction }: { direction: string }): void {
    const demandOpen = () => {
      if (this.isClosed) throw new DOMException('The peer connection is closed.', 'InvalidStateError')
    }
    const sender: Place['sender'] = {
      track: null,
      async replaceTrack(track) {
        demandOpen()
        sender.track = track
      },
      getParameters: () => ({ encodings: [] }),
      setParameters: async () => undefined,
    }
    const track = new FakeTrack(kind === 'video' ? 'camera' : 'far voice', this.#did)
    let wanted = direction
    this.#places.push({
      get direction() {
        return wanted
      },
      set direction(next) {
        demandOpen()
        wanted = next
      },
      currentDirection: direction,
      receiver: { track },
      sender,
    })
  }

  getTransceivers(): readonly Place[] {
    return this.#places
  }

  /** The way to the other end is found, or lost. */
  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state
    this.onconnectionstatechange?.()
  }

  sends(kind: 'audio' | 'video'): MediaStreamTrack | null | undefined {
    return this.#places.find(({ receiver }) => receiver.track.kind === kind)?.sender.track
  }

  async setLocalDescription(): Promise<void> {
    this.localDescription = { type: 'offer', sdp: '' }
  }
  async setRemoteDescription(): Promise<void> {}
  async addIceCandidate(): Promise<void> {}
  setConfiguration(): void {}
  restartIce(): void {
    this.restarts++
  }
  async getStats(): Promise<Map<string, object>> {
    return new Map([['t', { type: 'transport', bytesSent: this.bytes, bytesReceived: 0, packetsSent: 0, packetsReceived: 0 }]])
  }
  close(): void {
    this.isClosed = true
    this.#did.push('connection closed')
  }

  asConnection(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection // as above
  }
}
