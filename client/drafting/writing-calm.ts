// While somebody points into the text, or a word is being composed in it (Kazakh and Russian keyboards of phones), what others write waits:
// a change that came between a click and the editor's reading of it would put the next words into the wrong clause, and one that came into
// a word that the keyboard still holds would break that word or write it twice.
import type { Timers } from '#shared/kernel/clock.ts'

/** From the end of the click, or of the word, until the editor has read it. */
const AFTER_MS = 80
/** A long drag must not keep the text from others' words. */
const LONGEST_PRESS_MS = 2_000
/** Nor a word that is left open: a phone's keyboard goes on holding the last one when nobody types any more. */
const SILENCE_MS = 3_000
/** Whoever dictates or swipes word after word leaves no moment between them. Then others' words come in at the next end of one, or after as long again. */
const LONGEST_MS = 20_000

export interface WritingCalm<Frame> {
  /** Passes on at once, or later and in order. */
  receive(frame: Frame): void
  pointerDown(): void
  pointerUp(): void
  /** With everything that a keyboard does in a word that it still holds. */
  composing(): void
  composed(): void
  /** Undefined while nothing waits or has to; else told when it is over. */
  over(): Promise<void> | undefined
  /** What waits is passed on now. */
  flush(): void
  close(): void
}

export function makeWritingCalm<Frame>({ timers, pass }: { timers: Timers; pass: (frame: Frame) => void }): WritingCalm<Frame> {
  let waiting: Frame[] | undefined
  let [pressed, open, overdue] = [false, false, false]
  let listeners: (() => void)[] = []
  let cancel: () => void = () => undefined
  let cancelLongest: () => void = () => undefined
  const flush = () => {
    cancel()
    cancelLongest()
    const [frames, told] = [waiting ?? [], listeners]
    waiting = undefined
    pressed = open = overdue = false
    listeners = []
    for (const frame of frames) pass(frame)
    for (const tell of told) tell()
  }
  const tooLong = () => {
    if (!open) return flush()
    overdue = true
    cancelLongest = timers.after(LONGEST_MS, flush)
  }
  const hold = () => {
    if (!waiting) cancelLongest = timers.after(LONGEST_MS, tooLong)
    waiting ??= []
    cancel()
    cancel = timers.after(open ? SILENCE_MS : pressed ? LONGEST_PRESS_MS : AFTER_MS, flush)
  }
  const ended = () => {
    if (waiting) hold()
  }
  return {
    receive(frame) {
      if (waiting) waiting.push(frame)
      else pass(frame)
    },
    pointerDown() {
      pressed = true
      hold()
    },
    pointerUp() {
      pressed = false
      ended()
    },
    composing() {
      if (overdue && !open) return
      open = true
      hold()
    },
    composed() {
      open = false
      ended()
    },
    over: () => (waiting ? new Promise((resolve) => listeners.push(resolve)) : undefined),
    flush,
    close() {
      cancel()
      cancelLongest()
    },
  }
}
