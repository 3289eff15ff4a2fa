// Reads a Yjs update (format V1) without opening a document: whose edits it holds, what it leans on, and that every byte is one
// that our editor could have written. What passes here cannot throw, hang or swell in anybody's Yjs.
import { ByteCursor } from '#shared/drafting/byte-cursor.ts'
import { ATTRIBUTE_NAMES, DRAFT_FIELD, ELEMENT_NAMES, MARK_NAMES } from '#shared/drafting/document-schema.ts'

/** A run of new structs of one author: clocks `from` up to, not with, `to`. */
export interface StructRun {
  readonly client: number
  readonly from: number
  readonly to: number
}

export interface UpdateScan {
  /** At most one: an edit is one author's, and nobody's structs can lean on one another in a circle. */
  readonly run: StructRun | undefined
  /** For each author: how many of their clocks must exist before this edit fits. */
  readonly needs: ReadonlyMap<number, number>
  readonly deletes: boolean
}

const MAX_STRUCTS = 100_000
const MAX_DELETES = 50_000
const MAX_CLOCK = 2 ** 31
const MAX_CLIENT = 0xffffffff
const XML_ELEMENT = 3
const XML_TEXT = 6
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20

class Malformed extends Error {}

/** `undefined` for anything but a whole, well-formed update in the words of our schema. */
export function scanUpdate(update: Uint8Array): UpdateScan | undefined {
  try {
    return new Scan(update).run()
  } catch {
    return undefined // cut off, not UTF-8, or not our words: all the same to the sender
  }
}

// As Yjs reads strings: fatal, and a byte order mark counts as a character.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

class Scan {
  readonly #cursor: ByteCursor
  #run: StructRun | undefined
  readonly #needs = new Map<number, number>()
  /** The author's next clock: their own structs may lean on earlier ones only, or Yjs breaks on them. */
  #own = { client: -1, clock: 0 }

  constructor(update: Uint8Array) {
    this.#cursor = new ByteCursor(update)
  }

  run(): UpdateScan {
    const authors = this.#cursor.varUint()
    if (authors > 1) throw new Malformed()
    if (authors === 1) this.#run = this.#author()
    const deletes = this.#deletes()
    if (this.#cursor.left > 0) throw new Malformed()
    return { run: this.#run, needs: this.#needs, deletes }
  }

  #author(): StructRun {
    const count = this.#cursor.varUint()
    const client = this.#client()
    const from = this.#cursor.varUint()
    if (count === 0 || count > MAX_STRUCTS) throw new Malformed()
    let clock = from
    for (let i = 0; i < count; i++) {
      this.#own = { client, clock }
      clock += this.#struct()
      if (clock > MAX_CLOCK) throw new Malformed()
    }
    this.#own = { client, clock }
    return { client, from, to: clock }
  }

  /** Answers the length of one struct. */
  #struct(): number {
    const info = this.#cursor.byte()
    const kind = info & 0x1f
    if (kind === 0) return this.#length() // collected garbage
    if (info & HAS_ORIGIN) this.#id()
    if (info & HAS_RIGHT_ORIGIN) this.#id()
    if (!(info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN))) {
      const rooted = this.#cursor.varUint()
      if (rooted > 1) throw new Malformed()
      if (rooted === 0) this.#id()
      else if (this.#string() !== DRAFT_FIELD) throw new Malformed()
      if (info & HAS_PARENT_KEY && !ATTRIBUTE_NAMES.has(this.#string())) throw new Malformed()
    }
    return this.#content(kind)
  }

  #content(kind: number): number {
    switch (kind) {
      case 1: // deleted content
        return this.#length()
      case 4: {
        const { length } = this.#string()
        if (length === 0) throw new Malformed()
        return length
      }
      case 6: // where a mark begins or ends
        if (!MARK_NAMES.has(this.#string())) throw new Malformed()
        if (!isMarkValue(this.#string())) throw new Malformed()
        return 1
      case 7: {
        const type = this.#cursor.varUint()
        if (type !== XML_ELEMENT && type !== XML_TEXT) throw new Malformed()
        if (type === XML_ELEMENT && !ELEMENT_NAMES.has(this.#string())) throw new Malformed()
        return 1
      }
      case 8: {
        const count = this.#cursor.varUint()
        if (count === 0 || count > 16) throw new Malformed()
        for (let i = 0; i < count; i++) this.#any()
        return count
      }
      default:
        throw new Malformed()
    }
  }

  /** Attribute values: our schema has short strings and small numbers; `null` and `undefined` come from removed ones. */
  #any(): void {
    switch (127 - this.#cursor.byte()) {
      case 0: // undefined
      case 1: // null
      case 6: // false
      case 7: // true
        return
      case 2: // integer: sign and continuation in the first byte, then plain continuation
        if (this.#cursor.byte() & 0x80) this.#cursor.varUint()
        return
      case 3:
        this.#cursor.take(4)
        return
      case 4:
        this.#cursor.take(8)
        return
      case 8:
        if (this.#string().length > 64) throw new Malformed()
        return
      default:
        throw new Malformed()
    }
  }

  #deletes(): boolean {
    const authors = this.#cursor.varUint()
    let ranges = 0
    for (let i = 0; i < authors; i++) {
      const client = this.#client()
      const count = this.#cursor.varUint()
      ranges += count
      if (ranges > MAX_DELETES) throw new Malformed()
      for (let k = 0; k < count; k++) {
        const from = this.#cursor.varUint()
        this.#need(client, from + this.#length())
      }
    }
    return ranges > 0
  }

  #id(): void {
    const client = this.#client()
    this.#need(client, this.#cursor.varUint() + 1)
  }

  #need(client: number, upTo: number): void {
    if (upTo > MAX_CLOCK || (client === this.#own.client && upTo > this.#own.clock)) throw new Malformed()
    if ((this.#needs.get(client) ?? 0) < upTo) this.#needs.set(client, upTo)
  }

  #client(): number {
    const client = this.#cursor.varUint()
    if (client > MAX_CLIENT) throw new Malformed()
    return client
  }

  #length(): number {
    const length = this.#cursor.varUint()
    if (length === 0) throw new Malformed()
    return length
  }

  #string(): string {
    return strictUtf8.decode(this.#cursor.block())
  }
}

function isMarkValue(json: string): boolean {
  return json === '{}' || json === 'null' || json === 'true'
}
