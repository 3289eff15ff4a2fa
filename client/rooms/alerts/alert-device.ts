// The browser's own ways of telling. Each may be missing, or refuse: then nothing is told that way, and the page goes on.
import type { AlertDevice } from './alerts.ts'

const TAG = 'bitim'
/** Two soft tones, far below a ring. */
const TONES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.12 },
] as const
const LOUDNESS = 0.04

export function browserAlerts(): AlertDevice {
  let shown: Notification | undefined
  let audio: AudioContext | undefined
  // a browser makes no sound for a page that nobody has touched, and one of them only from within the touch
  const arm = () => {
    audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext()
    void audio?.resume().catch(() => undefined) // then there is no sound
  }
  for (const name of ['pointerdown', 'keydown'] as const) document.addEventListener(name, arm, { capture: true, once: true })
  arm()
  const worker = () => navigator.serviceWorker?.getRegistration().catch(() => undefined)

  return {
    permission: () => (typeof Notification === 'undefined' ? 'none' : Notification.permission),
    async ask() {
      if (typeof Notification !== 'undefined') await Notification.requestPermission().catch(() => undefined) // stays as it was
    },
    isAway: () => document.visibilityState === 'hidden' || !document.hasFocus(),
    show(words) {
      const options = { body: words, tag: TAG, icon: '/icon-192.png' }
      try {
        shown = new Notification('Bitim', options)
        shown.onclick = () => {
          window.focus()
          shown?.close()
        }
      } catch {
        // telephones show what a service worker asks for
        void worker()?.then((registration) => registration?.showNotification('Bitim', options))
      }
    },
    hide() {
      shown?.close()
      shown = undefined
      void worker()?.then(async (registration) => {
        for (const each of (await registration?.getNotifications({ tag: TAG })) ?? []) each.close()
      })
    },
    sound() {
      if (audio?.state !== 'running') return
      for (const { hertz, at } of TONES) tone(audio, hertz, audio.currentTime + at)
    },
  }
}

function tone(audio: AudioContext, hertz: number, at: number): void {
  const [oscillator, volume] = [audio.createOscillator(), audio.createGain()]
  oscillator.frequency.value = hertz
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.32)
}
