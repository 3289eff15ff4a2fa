// While somebody points into the text, what others write waits: a change that came between the click and the editor's reading of it
// would put the caret back to where it was, and the next words into the wrong clause.
import type { Timers } from '#shared/kernel/clock.ts'

/** From the end of the click until the editor has read it. */
const AFTER_MS = 80
/** A long drag must not keep the text from others' words. */
const LONGEST_MS = 2_000

export interface PointerCalm<Frame> {
  /** Passes on at once, or later and in order. */
  receive(frame: Frame): void
  pointerDown(): void
  pointerUp(): void
  /** What waits is passed on now. */
  flush(): void
  close(): void
}

export function makePointerCalm<Frame>({ timers, pass }: { timers: Timers; pass: (frame: Frame) => void }): PointerCalm<Frame> {
  let waiting: Frame[] | undefined
  let cancel: () => void = () => undefined
  const flush = () => {
    const frames = waiting ?? []
    waiting = undefined
    for (const frame of frames) pass(frame)
  }
  const flushAfter = (milliseconds: number) => {
    cancel()
    cancel = timers.after(milliseconds, flush)
  }
  return {
    receive(frame) {
      if (waiting) waiting.push(frame)
      else pass(frame)
    },
    pointerDown() {
      waiting ??= []
      flushAfter(LONGEST_MS)
    },
    pointerUp() {
      if (waiting) flushAfter(AFTER_MS)
    },
    flush() {
      cancel()
      flush()
    },
    close: () => cancel(),
  }
}
