// How a person is told of something new while they look elsewhere: a quiet sound, a notification. Neither says what, from whom or in which
// case: somebody else may look at the screen. Nothing is asked before the person has done something that makes it sensible.
import { createStore, type Store } from '#client/ui/state/create-store.ts'

/** What the browser lets this page do; `none`: it has no notifications. */
export type AlertsAllowed = 'granted' | 'denied' | 'default' | 'none'

export interface AlertDevice {
  permission(): AlertsAllowed
  ask(): Promise<void>
  /** The page is hidden, or another window is being used. */
  isAway(): boolean
  show(words: string): void
  hide(): void
  sound(): void
}

interface AlertState {
  readonly permission: AlertsAllowed
  readonly sound: boolean
  /** The question was answered on this device, whatever the answer. */
  readonly asked: boolean
}

export interface Alerts extends Store<AlertState> {
  /** Asks the browser, which asks the person. */
  allow(): Promise<void>
  putOff(): void
  setSound(on: boolean): void
  /** The person is back: what was shown is over, and may have been allowed or forbidden elsewhere meanwhile. */
  back(): void
  /** Something new has come; the words are the same whatever it is. */
  news(words: string): void
}

const SOUND_KEY = 'bitim.sound'
const ASKED_KEY = 'bitim.asked'

export function createAlerts(device: AlertDevice, storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): Alerts {
  const { state, subscribe, set } = createStore<AlertState>({
    permission: device.permission(),
    sound: storage?.getItem(SOUND_KEY) !== 'off',
    asked: storage?.getItem(ASKED_KEY) === 'yes',
  })

  function putOff() {
    storage?.setItem(ASKED_KEY, 'yes')
    set({ ...state(), asked: true })
  }
  const look = () => {
    if (device.permission() !== state().permission) set({ ...state(), permission: device.permission() })
  }

  return {
    state,
    subscribe,
    async allow() {
      putOff()
      await device.ask()
      look()
    },
    putOff,
    setSound(on) {
      storage?.setItem(SOUND_KEY, on ? 'on' : 'off')
      set({ ...state(), sound: on })
      if (on) device.sound()
    },
    back() {
      device.hide()
      look()
    },
    news(words) {
      look()
      if (state().sound) device.sound()
      if (state().permission === 'granted' && device.isAway()) device.show(words)
    },
  }
}
