// Work that has to be done on the main thread and would be long in one piece: each piece waits for its turn. One piece for each pass of
// the event loop, so that what others ask for comes in between; and whoever asks for much takes turns with whoever asks for little.

export interface Turns {
  /** Resolves when `key` may do one short piece of its work. */
  take(key: string): Promise<void>
}

/** `defer` runs it at the end of this pass of the event loop. */
export function makeTurns(defer: (run: () => void) => void): Turns {
  /** In the order of turns: who was served goes to the end. */
  const waiting = new Map<string, (() => void)[]>()
  let called = false

  function call(): void {
    if (called || waiting.size === 0) return
    called = true
    defer(serve)
  }

  function serve(): void {
    called = false
    for (const [key, pieces] of waiting) {
      waiting.delete(key)
      const next = pieces.shift()
      if (pieces.length > 0) waiting.set(key, pieces)
      next?.()
      break
    }
    call()
  }

  return {
    take(key) {
      return new Promise((resolve) => {
        const pieces = waiting.get(key) ?? []
        pieces.push(resolve)
        waiting.set(key, pieces)
        call()
      })
    },
  }
}
