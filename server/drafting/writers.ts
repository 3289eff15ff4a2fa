// Who has written in a document since its last saved state, and after which text.

import type { By } from '#shared/kernel/actor.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { PlainEntry } from './draft-entries.ts'
import { decodeSave } from './saved-states.ts'

/** Numbers of their first entry since that state (0: none), and of their last one at all. */
export type Writers = ReadonlyMap<By, readonly [first: number, last: number]>
export const NO_WRITERS: Writers = new Map()

export class WritersSince {
  readonly #of = new Map<By, [first: number, last: number]>()

  constructor(known: Writers = NO_WRITERS) {
    for (const [by, [first, last]] of known) this.#of.set(by, [first, last])
  }

  wrote(by: By, revision: number): void {
    if (by === 'system') return
    const known = this.#of.get(by)
    if (known) this.#of.set(by, [known[0] || revision, revision])
    else this.#of.set(by, [revision, revision])
  }

  /** Takes over what is stored. */
  follow({ revision, kind, by, plain }: PlainEntry): void {
    if (kind === 'update') this.wrote(by, revision)
    else if (kind === 'save') this.saved(decodeSave(plain).revision)
  }

  /** Those who had written something up to there. */
  upTo(revision: number): readonly ParticipantId[] {
    return this.#people(([first]) => first > 0 && first <= revision)
  }

  /** Those of whom something was stored behind it. What an earlier release forgot at a saved state is not known. */
  after(revision: number): readonly ParticipantId[] {
    return this.#people(([, last]) => last > revision)
  }

  /** The text was saved as it stood there. */
  saved(revision: number): void {
    for (const [by, between] of this.#of) {
      if (between[1] <= revision) this.#of.set(by, [0, between[1]])
      else if (between[0] > 0) between[0] = Math.max(between[0], revision + 1)
    }
  }

  #people(asked: (entries: readonly [first: number, last: number]) => boolean): readonly ParticipantId[] {
    return [...this.#of].flatMap(([by, entries]) => (by !== 'system' && asked(entries) ? [by] : []))
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
