// Somebody who knows how drafts are stored and wants every device to fail: writes structs that are nearly right, quite wrong, or
// right in the wrong place, beside and inside everything that stands there.
import { ATTRIBUTES, type Attribute, BLOCK_KINDS, DUTIES, fragmentName, MARKS } from '#shared/document/document-grammar.ts'
import type { Random } from '#shared/kernel/testing/random.ts'
import type { StructId } from '../update-scan.ts'
import { LIST, lengthOf, type WrittenContent, type WrittenStruct, writeUpdate } from './write-update.ts'

/** How many clocks of whom stand in the draft. */
export type Clocks = ReadonlyMap<number, number>

const NAMES = ['block', 'block', 'block', 'block', 'paragraph', 'script']
const VALUES: Readonly<Record<Attribute, readonly (string | number)[]>> = {
  id: ['b1', 'b2', 'x9'],
  continues: ['b1', 'b2', 'x9'],
  kind: BLOCK_KINDS,
  depth: [0, 1, 2, 3, 6],
  part: DUTIES,
}
const ODD_VALUES = ['a b', 'table', 7, 63]
const TEXTS = ['x', 'долг', '😀', '\u0000', '\n', '\u202e', 'й'.repeat(40)]

export class HostileAuthor {
  readonly client: number
  readonly #random: Random

  constructor(client: number, random: Random) {
    this.client = client
    this.#random = random
  }

  edit(clocks: Clocks): Uint8Array {
    const random = this.#random
    const from = clocks.get(this.client) ?? 0
    const known = new Map(clocks)
    const structs: WrittenStruct[] = []
    // Mostly few: one wrong struct has the whole edit refused.
    for (let left = random.chance(0.1) ? 0 : 1 + random.below(random.chance(0.15) ? 12 : 2); left > 0; left--) {
      const struct = this.#struct(known)
      structs.push(struct)
      known.set(this.client, (known.get(this.client) ?? from) + lengthOf(struct.content))
    }
    const deletes = structs.length === 0 || random.chance(0.2) ? this.#deletes(clocks) : []
    const start = random.chance(0.02) ? Math.max(0, from - random.below(3)) : from
    return writeUpdate({ client: this.client, from: start, structs, deletes })
  }

  #struct(clocks: Clocks): WrittenStruct {
    const random = this.#random
    const left = random.chance(0.55) ? this.#id(clocks) : undefined
    const right = random.chance(0.3)
      ? left && random.chance(0.5)
        ? { client: left.client, clock: left.clock + 1 }
        : this.#id(clocks)
      : undefined
    const parent = random.chance(0.2) ? random.pick([LIST, LIST, fragmentName('kk')]) : random.chance(0.02) ? 'agreement' : this.#id(clocks)
    const attribute = random.chance(0.15) ? random.pick([...ATTRIBUTES, 'level']) : undefined
    const content = attribute !== undefined && random.chance(0.8) ? this.#value(attribute) : this.#content()
    return { left, right: right && this.#exists(right, clocks) ? right : undefined, parent, attribute, content }
  }

  #content(): WrittenContent {
    const random = this.#random
    const roll = random.next()
    if (roll < 0.35) return { kind: 'letters', text: random.pick(TEXTS) }
    if (roll < 0.55) return { kind: 'element', name: random.pick(NAMES) }
    if (roll < 0.68) return { kind: 'text' }
    if (roll < 0.8)
      return { kind: 'mark', name: random.pick([...MARKS, ...MARKS, 'link']), json: random.pick(['true', 'null', 'null', '{}']) }
    if (roll < 0.88) return this.#value(random.pick(ATTRIBUTES))
    return { kind: random.pick(['collected', 'deleted'] as const), length: 1 + random.below(4) }
  }

  #value(attribute: string): WrittenContent {
    const known = ATTRIBUTES.find((each) => each === attribute)
    const values = known && this.#random.chance(0.9) ? VALUES[known] : ODD_VALUES
    return { kind: 'values', values: [this.#random.pick(values)] }
  }

  #deletes(clocks: Clocks) {
    const random = this.#random
    return Array.from({ length: 1 + random.below(3) }, () => {
      const { client, clock } = this.#id(clocks)
      return { client, from: clock, length: 1 + random.below(Math.min(12, (clocks.get(client) ?? 1) - clock)) }
    })
  }

  #id(clocks: Clocks): StructId {
    const client = this.#random.pick([...clocks.keys()].filter((each) => (clocks.get(each) ?? 0) > 0))
    const clock = this.#random.below(clocks.get(client) ?? 1)
    return { client, clock }
  }

  #exists({ client, clock }: StructId, clocks: Clocks): boolean {
    return clock < (clocks.get(client) ?? 0)
  }
}
