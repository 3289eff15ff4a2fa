// One's own picture in a call, sent to those who wish to see it. The camera is open while it is shown and no longer.
import type { MediaDevicesHere, MediaFault } from './media-devices.ts'

export class Face {
  readonly #devices: MediaDevicesHere
  readonly #changed: () => void
  #track: MediaStreamTrack | undefined
  #wanted = false
  /** Whatever is wished later voids what the browser still asks for. */
  #turn = 0
  /** Why there is no picture, where one was asked for. */
  fault: MediaFault | undefined

  constructor(devices: MediaDevicesHere, changed: () => void) {
    this.#devices = devices
    this.#changed = changed
  }

  get track(): MediaStreamTrack | undefined {
    return this.#track
  }

  /** Shown, or about to be. */
  get wanted(): boolean {
    return this.#wanted
  }

  async show(): Promise<void> {
    this.close()
    const mine = this.#turn
    this.#wanted = true
    this.#changed()
    const opened = await this.#devices.camera()
    // hidden again, or over, while the browser asked
    if (mine !== this.#turn) {
      if (typeof opened !== 'string') opened.stop()
      return
    }
    if (typeof opened === 'string') {
      this.#wanted = false
      this.fault = opened
    } else this.#hold(opened)
    this.#changed()
  }

  hide(): void {
    this.close()
    this.#changed()
  }

  close(): void {
    this.#turn++
    this.#wanted = false
    this.fault = undefined
    const track = this.#track
    this.#track = undefined
    if (!track) return
    track.onended = null
    track.stop()
  }

  #hold(track: MediaStreamTrack): void {
    this.#track = track
    track.onended = () => {
      this.close()
      this.fault = 'missing'
      this.#changed()
    }
  }
}
