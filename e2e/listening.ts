// Ears for browser tests: each person's microphone gives a tone of its own, and every page tells which tones come out of its speakers.
// The connections between the pages are the browsers' own.
import { expect, type Page } from '@playwright/test'
import type { Someone } from './people.ts'

interface Ears {
  /** How often the speakers were listened to, and how often each tone was among what was heard. */
  readonly looks: number
  readonly heard: Readonly<Record<string, number>>
  /** Of all connections that the page has made, and all microphones that it has opened. */
  readonly open: number
  readonly live: number
  /** What was still open or live when the page asked to join a call, one entry for each time. The newest microphone is the tested one. */
  readonly atJoin: readonly { readonly open: number; readonly live: number }[]
}

/** In hertz; far enough apart to be told from each other after a village line's compression. */
export const TONES = { mediator: 500, aigul: 900, pavel: 1300 } as const
export type Tone = keyof typeof TONES

declare global {
  interface Window {
    ears: { -readonly [Key in keyof Ears]: Ears[Key] }
  }
}

/** Before the page is opened. */
export async function giveEars(page: Page, own: Tone): Promise<void> {
  await page.addInitScript(
    ({ tones, frequency }) => {
      const heard: Record<string, number> = {}
      const atJoin: { open: number; live: number }[] = []
      const connections: RTCPeerConnection[] = []
      const microphones: MediaStreamTrack[] = []
      const count = () => ({
        open: connections.filter(({ connectionState }) => connectionState !== 'closed').length,
        live: microphones.filter(({ readyState }) => readyState === 'live').length,
      })
      const ears = { looks: 0, heard, atJoin, open: 0, live: 0 }
      window.ears = ears

      const Real = window.RTCPeerConnection
      window.RTCPeerConnection = class extends Real {
        constructor(configuration?: RTCConfiguration) {
          super(configuration)
          connections.push(this)
        }
      }
      const send = WebSocket.prototype.send
      WebSocket.prototype.send = function sent(data) {
        if (typeof data === 'string' && data.includes('"call:join"')) atJoin.push(count())
        return send.call(this, data)
      }

      let context: AudioContext | undefined
      const sound = () => {
        context ??= new AudioContext()
        void context.resume()
        return context
      }
      const devices = navigator.mediaDevices
      const real = devices.getUserMedia.bind(devices)
      devices.getUserMedia = async (constraints) => {
        if (!constraints?.audio) return real(constraints)
        const from = sound()
        const tone = from.createOscillator()
        const volume = from.createGain()
        const out = from.createMediaStreamDestination()
        tone.frequency.value = frequency
        volume.gain.value = 0.4
        tone.connect(volume).connect(out)
        tone.start()
        microphones.push(...out.stream.getAudioTracks())
        return out.stream
      }

      const listeners: { analyser: AnalyserNode; element: HTMLMediaElement; values: Float32Array<ArrayBuffer> }[] = []
      const play = HTMLMediaElement.prototype.play
      HTMLMediaElement.prototype.play = function played() {
        if (this.srcObject instanceof MediaStream && this.srcObject.getAudioTracks().length > 0) {
          const analyser = sound().createAnalyser()
          analyser.fftSize = 2048
          analyser.smoothingTimeConstant = 0
          sound().createMediaStreamSource(this.srcObject).connect(analyser)
          listeners.push({ analyser, element: this, values: new Float32Array(analyser.frequencyBinCount) })
        }
        return play.call(this)
      }
      setInterval(() => {
        Object.assign(ears, count())
        ears.looks++
        for (const { analyser, element, values } of listeners) {
          if (element.paused || element.srcObject === null) continue
          analyser.getFloatFrequencyData(values)
          const width = sound().sampleRate / 2 / values.length
          for (const [name, hertz] of Object.entries(tones)) {
            const loudest = (from: number, to: number) => Math.max(...values.subarray(Math.floor(from / width), Math.ceil(to / width) + 1))
            // a tone stands out; what is loud beside it too is a crackle
            const beside = Math.max(loudest(hertz - 220, hertz - 120), loudest(hertz + 120, hertz + 220))
            const there = loudest(hertz - width, hertz + width)
            if (there > -60 && there > beside + 10) heard[name] = (heard[name] ?? 0) + 1
          }
        }
      }, 50)
    },
    { tones: TONES, frequency: TONES[own] },
  )
}

export function ears({ page }: Someone): Promise<Ears> {
  return page.evaluate(() => window.ears)
}

async function times(person: Someone, tone: Tone): Promise<number> {
  return (await ears(person)).heard[tone] ?? 0
}

/** From now on, again and again. */
export async function hearsTone(person: Someone, tone: Tone): Promise<void> {
  const before = await times(person, tone)
  await expect.poll(() => times(person, tone), { timeout: 40_000 }).toBeGreaterThan(before + 5)
}

/** What was on its way has arrived; then it is not among what comes out of the speakers. One that goes is there at nearly every look. */
export async function hearsNothingOf(person: Someone, tone: Tone): Promise<void> {
  let before = -1
  await expect
    .poll(
      async () => {
        const now = await times(person, tone)
        const still = now === before
        before = now
        return still
      },
      { intervals: [500] },
    )
    .toBe(true)
  const { looks } = await ears(person)
  await expect.poll(async () => (await ears(person)).looks).toBeGreaterThan(looks + 40)
  expect((await times(person, tone)) - before).toBeLessThan(3)
}
