// Where the others' voices come out. Browsers let a page sound only after its person has pressed something; what was not let through waits
// for the next press.

export interface Speakers {
  /** The same track again changes nothing. */
  play(id: string, track: MediaStreamTrack): void
  stop(id: string): void
  /** Some voice is held back by the browser. */
  readonly held: boolean
  /** To be called from a press. */
  release(): void
}

export interface Sounding {
  srcObject: MediaProvider | null
  play(): Promise<void>
  pause(): void
}

export function speakersHere(makeSounding: () => Sounding, changed: () => void): Speakers {
  const sounding = new Map<string, { readonly track: MediaStreamTrack; readonly element: Sounding }>()
  const held = new Set<string>()
  const sound = async (id: string, element: Sounding) => {
    try {
      await element.play()
      held.delete(id)
    } catch {
      if (sounding.get(id)?.element === element) held.add(id) // the browser waits for a press, whatever it calls it
    }
    changed()
  }
  const stop = (id: string) => {
    const before = sounding.get(id)
    sounding.delete(id)
    held.delete(id)
    if (!before) return
    before.element.pause()
    before.element.srcObject = null
  }
  return {
    play(id, track) {
      if (sounding.get(id)?.track === track) return
      stop(id)
      const element = makeSounding()
      element.srcObject = new MediaStream([track])
      sounding.set(id, { track, element })
      void sound(id, element)
    },
    stop,
    get held() {
      return held.size > 0
    },
    release() {
      for (const id of [...held]) {
        const element = sounding.get(id)?.element
        if (element) void sound(id, element)
      }
    },
  }
}
