// Who has written in a document since its last saved state.

import type { By } from '#shared/kernel/actor.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { PlainEntry } from './draft-entries.ts'
import { decodeSave } from './saved-states.ts'

/** Numbers of their first and their last entry since then. */
export type Writers = ReadonlyMap<By, readonly [first: number, last: number]>
export const NO_WRITERS: Writers = new Map()

export class WritersSince {
  readonly #of = new Map<By, [first: number, last: number]>()

  constructor(known: Writers = NO_WRITERS) {
    for (const [by, [first, last]] of known) this.#of.set(by, [first, last])
  }

  wrote(by: By, u: number): void {
    if (by === 'system') return
    const known = this.#of.get(by)
    if (known) known[1] = u
    else this.#of.set(by, [u, u])
  }

  /** Takes over what is stored. */
  follow({ u, kind, by, plain }: PlainEntry): void {
    if (kind === 'update') this.wrote(by, u)
    else if (kind === 'save') this.saved(decodeSave(plain).revision)
  }

  /** Those who had written something up to there. */
  upTo(u: number): readonly ParticipantId[] {
    return [...this.#of].flatMap(([by, [first]]) => (by !== 'system' && first <= u ? [by] : []))
  }

  /** The text was saved as it stood there. */
  saved(u: number): void {
    for (const [by, between] of this.#of) {
      if (between[1] <= u) this.#of.delete(by)
      else between[0] = Math.max(between[0], u + 1)
    }
  }

  get all(): Writers {
    return new Map([...this.#of].map(([by, [first, last]]) => [by, [first, last]]))
  }
}

export function encodeWriters(writers: Writers): Uint8Array {
  return utf8(JSON.stringify([...writers]))
}

/** Written by encodeWriters alone, and authenticated. */
export function decodeWriters(plain: Uint8Array): Writers {
  return new Map(JSON.parse(fromUtf8(plain)) as [By, [number, number]][])
}
