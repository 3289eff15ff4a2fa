// How loud a track is now, to be seen before and while one speaks: nothing of it is kept or sent.

export interface SoundLevel {
  /** 0 to 1. */
  now(): number
  close(): void
}

const LOUD = 0.02

export function soundLevel(track: MediaStreamTrack): SoundLevel {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  void context.resume().catch(() => undefined) // without a press it stays silent, and so does its mark
  const samples = new Float32Array(analyser.fftSize)
  return {
    now() {
      analyser.getFloatTimeDomainData(samples)
      return Math.min(1, Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length))
    },
    close: () => void context.close().catch(() => undefined),
  }
}

/** Between words a voice falls silent for a moment: the mark stays a little longer. */
export class SpeakingMark {
  #quietFor = Number.POSITIVE_INFINITY

  /** Told every quarter of a second or so. */
  tell(level: number, milliseconds: number): boolean {
    this.#quietFor = level > LOUD ? 0 : this.#quietFor + milliseconds
    return this.#quietFor < 700
  }
}

/** A short tone out of the speaker, so that somebody knows whether they will hear. */
export async function soundTest(): Promise<void> {
  const context = new AudioContext()
  const tone = context.createOscillator()
  const volume = context.createGain()
  volume.gain.setValueAtTime(0, context.currentTime)
  volume.gain.linearRampToValueAtTime(0.15, context.currentTime + 0.05)
  volume.gain.linearRampToValueAtTime(0, context.currentTime + 0.9)
  tone.frequency.value = 523
  tone.connect(volume).connect(context.destination)
  tone.start()
  tone.stop(context.currentTime + 1)
  await new Promise<void>((resolve) => {
    tone.onended = () => resolve()
  })
  await context.close()
}
