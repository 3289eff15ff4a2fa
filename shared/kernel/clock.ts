/** Milliseconds since 1970. Handed in everywhere; only composition roots touch the real clock. */
export interface Clock {
  now(): number
}

/** Milliseconds since some moment of the past. Goes on evenly, whatever is done to the clock. */
export interface Stopwatch {
  elapsed(): number
}

/** Timers, handed in like the clock. The answer cancels. */
export interface Timers {
  after(milliseconds: number, run: () => void): () => void
}

/** Random bytes. `purpose` (case and audience, for one) lets a test seed each stream apart; real entropy ignores it. */
export interface Entropy {
  bytes(count: number, purpose: string): Uint8Array
}
