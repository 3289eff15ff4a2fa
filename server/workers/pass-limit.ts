// Short work that somebody may ask for in any number at once: in one pass of the event loop each key gets so many pieces done, the
// rest waits for the next passes, in its order. Whoever asks for no more than that waits for nothing.

interface PassLimit {
  /** Undefined: now, there is nothing to wait for. */
  take(key: string): Promise<void> | undefined
}

/** `defer` runs it at the end of this pass of the event loop. */
export function makePassLimit(defer: (run: () => void) => void, perPass: number): PassLimit {
  const used = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()
  let called = false

  function call(): void {
    if (called) return
    called = true
    defer(pass)
  }

  function pass(): void {
    called = false
    used.clear()
    for (const [key, pieces] of waiting) {
      const now = pieces.splice(0, perPass)
      used.set(key, now.length)
      if (pieces.length === 0) waiting.delete(key)
      for (const go of now) go()
    }
    if (used.size > 0) call()
  }

  return {
    take(key) {
      call()
      const done = used.get(key) ?? 0
      if (done < perPass && !waiting.has(key)) {
        used.set(key, done + 1)
        return undefined
      }
      return new Promise((resolve) => {
        const pieces = waiting.get(key) ?? []
        pieces.push(resolve)
        waiting.set(key, pieces)
      })
    },
  }
}
