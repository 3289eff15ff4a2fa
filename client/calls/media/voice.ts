// One's own microphone in a call. While it is muted nothing of it is sent, and the browser's own mark goes out with it where it was never
// opened; what is told to the others is what is true of the track, not what was wished.
import type { MediaDevicesHere, MediaFault } from './media-devices.ts'

export class Voice {
  readonly #devices: MediaDevicesHere
  readonly #changed: () => void
  #track: MediaStreamTrack | undefined
  #muted = true
  /** Whatever is wished later voids what the browser still asks for. */
  #turn = 0
  /** Why there is no microphone, where one was asked for. */
  fault: MediaFault | undefined

  constructor(devices: MediaDevicesHere, changed: () => void) {
    this.#devices = devices
    this.#changed = changed
  }

  get track(): MediaStreamTrack | undefined {
    return this.#track
  }

  /** Nothing of this person is heard: by their wish, without a microphone, or because the system holds it (a telephone call). */
  get muted(): boolean {
    return this.#muted || this.#track === undefined || this.#track.muted
  }

  /** One that is open already, from the test before. */
  use(track: MediaStreamTrack | undefined, muted: boolean): void {
    this.close()
    this.#muted = muted
    if (track) this.#hold(track)
  }

  mute(): void {
    this.#muted = true
    if (this.#track) this.#track.enabled = false
    this.#changed()
  }

  /** Opens the microphone where there is none; `fault` says what stood in the way. */
  async speak(id?: string): Promise<void> {
    this.#muted = false
    if (this.#track && id === undefined) this.#track.enabled = true
    else await this.#open(id)
    this.#changed()
  }

  close(): void {
    this.#turn++
    this.#drop()
    this.#muted = true
    this.fault = undefined
  }

  async #open(id: string | undefined): Promise<void> {
    const mine = ++this.#turn
    const opened = await this.#devices.microphone(id)
    const isWished = mine === this.#turn
    if (typeof opened === 'string') {
      if (!isWished) return
      this.fault = opened
      this.#muted = true
      return
    }
    // muted again, over, or in another call while the browser asked
    if (this.#muted || !isWished) return opened.stop()
    this.#hold(opened)
  }

  #hold(track: MediaStreamTrack): void {
    this.#drop()
    this.fault = undefined
    this.#track = track
    track.enabled = !this.#muted
    track.onmute = this.#changed
    track.onunmute = this.#changed
    track.onended = () => {
      if (this.#track !== track) return
      this.#drop()
      this.#muted = true
      this.fault = 'missing'
      this.#changed()
    }
  }

  #drop(): void {
    const track = this.#track
    this.#track = undefined
    if (!track) return
    track.onended = null
    track.onmute = null
    track.onunmute = null
    track.stop()
  }
}
