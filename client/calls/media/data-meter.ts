// How much of the person's data a call has used, and what they allow it to use. Pictures end before the sound does: at four fifths of what is
// allowed, so that the voice lasts.

export const MEGABYTE = 1_000_000

export interface DataUse {
  readonly bytes: number
  /** Undefined: no limit. */
  readonly allowed: number | undefined
}

export type DataLeft = 'enough' | 'sound-only' | 'nothing'

const FOR_PICTURES = 0.8

export function dataLeft({ bytes, allowed }: DataUse): DataLeft {
  if (allowed === undefined || bytes < allowed * FOR_PICTURES) return 'enough'
  return bytes < allowed ? 'sound-only' : 'nothing'
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / (MEGABYTE / 10)) / 10
}

/** Adds up what peers have counted; each counts from its own beginning, and what one had counted stays when it is gone. */
export class DataMeter {
  #counted: number
  readonly #of = new Map<string, number>()

  constructor(before = 0) {
    this.#counted = before
  }

  get bytes(): number {
    return this.#counted
  }

  count(peer: string, bytes: number): void {
    const before = this.#of.get(peer) ?? 0
    this.#counted += bytes < before ? bytes : bytes - before // one that was made anew begins at nothing
    this.#of.set(peer, bytes)
  }
}
