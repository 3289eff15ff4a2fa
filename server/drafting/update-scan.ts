// Reads a Yjs update (format V1) without opening a document: whose edits it holds, what it leans on, and that every byte is one
// that our editor could have written. Where a struct may stand is judged behind it, by what stands there already (structure/).

import {
  ATTRIBUTES,
  type Attribute,
  isAttributeValue,
  languageOfFragment,
  MARKS,
  type NodeKind,
} from '#shared/document/document-grammar.ts'
import { ByteCursor } from '#shared/drafting/byte-cursor.ts'
import { MAX_EDIT_DELETIONS, MAX_EDIT_STRUCTS } from '#shared/drafting/draft-frames.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { readAnyValue } from './any-value.ts'

/** A run of new structs of one author: clocks `from` up to, not with, `to`. */
interface StructRun {
  readonly client: number
  readonly from: number
  readonly to: number
}

export interface StructId {
  readonly client: number
  readonly clock: number
}

/**
 * `collected` and `deleted` hold nothing any more; `letters` and `mark` stand in texts, `value` is an attribute's; others can stand in a
 * `block` or a `text`.
 */
export type Content = 'collected' | 'deleted' | 'letters' | 'mark' | 'value' | Exclude<NodeKind, 'root'>

export interface Struct {
  readonly clock: number
  readonly length: number
  readonly left: StructId | undefined
  readonly right: StructId | undefined
  /** Named only where there is neither left nor right: these are in the same list. A language: its list of blocks. */
  readonly parent: StructId | Locale | undefined
  readonly attribute: Attribute | undefined
  readonly content: Content
  readonly value: unknown
}

export interface DeletedRange {
  readonly client: number
  readonly from: number
  readonly to: number
}

export interface UpdateScan {
  /** At most one: an edit is one author's, and nobody's structs can lean on one another in a circle. */
  readonly run: StructRun | undefined
  readonly structs: readonly Struct[]
  /** For each author: how many of their clocks must exist before this edit fits. */
  readonly needs: ReadonlyMap<number, number>
  readonly deletes: readonly DeletedRange[]
}

/** More than fit into the largest frame as our editor writes them; each costs the server's own thread a microsecond or two. */
const MAX_CLOCK = 2 ** 31
const MAX_CLIENT = 0xffffffff
const BLOCK: NodeKind = 'block'
const XML_ELEMENT = 3
const XML_TEXT = 6
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20

const MARK_NAMES: ReadonlySet<string> = new Set(MARKS)
/** As JSON: where a mark begins, and where it ends. */
const MARK_VALUES: ReadonlySet<string> = new Set(['true', 'null'])

class Malformed extends Error {}

/** `undefined` for anything but a whole, well-formed update in the words of our schema. */
export function scanUpdate(update: Uint8Array): UpdateScan | undefined {
  try {
    return new Scan(update).run()
  } catch {
    return undefined // cut off, not UTF-8, or not our words: all the same to the sender
  }
}

/** The author and the first clock alone: enough to refuse most of what must be refused before anything else is read. */
export function peekUpdate(update: Uint8Array): { readonly author: StructId | undefined } | undefined {
  try {
    const cursor = new ByteCursor(update)
    const authors = cursor.varUint()
    if (authors === 0) return { author: undefined }
    if (authors > 1 || cursor.varUint() > MAX_EDIT_STRUCTS) return undefined
    return { author: { client: cursor.varUint(), clock: cursor.varUint() } }
  } catch {
    return undefined
  }
}

// As Yjs reads strings: fatal, and a byte order mark counts as a character.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

class Scan {
  readonly #cursor: ByteCursor
  #run: StructRun | undefined
  readonly #structs: Struct[] = []
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
    return { run: this.#run, structs: this.#structs, needs: this.#needs, deletes }
  }

  #author(): StructRun {
    const count = this.#cursor.varUint()
    const client = this.#client()
    const from = this.#cursor.varUint()
    if (count === 0 || count > MAX_EDIT_STRUCTS) throw new Malformed()
    let clock = from
    for (let i = 0; i < count; i++) {
      this.#own = { client, clock }
      const struct = this.#struct(clock)
      this.#structs.push(struct)
      clock += struct.length
      if (clock > MAX_CLOCK) throw new Malformed()
    }
    this.#own = { client, clock }
    return { client, from, to: clock }
  }

  #struct(clock: number): Struct {
    const info = this.#cursor.byte()
    const ref = info & 0x1f
    if (ref === 0) {
      const length = this.#length()
      return {
        clock,
        length,
        left: undefined,
        right: undefined,
        parent: undefined,
        attribute: undefined,
        content: 'collected',
        value: undefined,
      }
    }
    const left = info & HAS_ORIGIN ? this.#id() : undefined
    const right = info & HAS_RIGHT_ORIGIN ? this.#id() : undefined
    let parent: StructId | Locale | undefined
    let attribute: Attribute | undefined
    if (!left && !right) {
      parent = this.#parent()
      if (info & HAS_PARENT_KEY) attribute = this.#attribute()
    }
    return { clock, left, right, parent, attribute, ...this.#content(ref) }
  }

  #parent(): StructId | Locale {
    const rooted = this.#cursor.varUint()
    if (rooted > 1) throw new Malformed()
    if (rooted === 0) return this.#id()
    const language = languageOfFragment(this.#string())
    if (!language) throw new Malformed()
    return language
  }

  #attribute(): Attribute {
    const name = this.#string()
    const known = ATTRIBUTES.find((each) => each === name)
    if (!known) throw new Malformed()
    return known
  }

  #content(ref: number): Pick<Struct, 'content' | 'length' | 'value'> {
    switch (ref) {
      case 1:
        return { content: 'deleted', length: this.#length(), value: undefined }
      case 4: {
        const { length } = this.#string()
        if (length === 0) throw new Malformed()
        return { content: 'letters', length, value: undefined }
      }
      case 6: // where a mark begins or ends
        if (!MARK_NAMES.has(this.#string()) || !MARK_VALUES.has(this.#string())) throw new Malformed()
        return { content: 'mark', length: 1, value: undefined }
      case 7:
        return { content: this.#node(), length: 1, value: undefined }
      case 8:
        if (this.#cursor.varUint() !== 1) throw new Malformed()
        return { content: 'value', length: 1, value: this.#value() }
      default:
        throw new Malformed()
    }
  }

  #node(): Exclude<NodeKind, 'root'> {
    const type = this.#cursor.varUint()
    if (type === XML_TEXT) return 'text'
    if (type !== XML_ELEMENT || this.#string() !== BLOCK) throw new Malformed()
    return 'block'
  }

  /** One that some attribute can have; which one, its name says where it is placed. */
  #value(): unknown {
    const value = readAnyValue(this.#cursor)
    if (!ATTRIBUTES.some((attribute) => isAttributeValue(attribute, value))) throw new Malformed()
    return value
  }

  #deletes(): DeletedRange[] {
    const authors = this.#cursor.varUint()
    const ranges: DeletedRange[] = []
    for (let i = 0; i < authors; i++) {
      const client = this.#client()
      const count = this.#cursor.varUint()
      if (ranges.length + count > MAX_EDIT_DELETIONS) throw new Malformed()
      for (let k = 0; k < count; k++) {
        const from = this.#cursor.varUint()
        const to = from + this.#length()
        this.#need(client, to)
        ranges.push({ client, from, to })
      }
    }
    return ranges
  }

  #id(): StructId {
    const client = this.#client()
    const clock = this.#cursor.varUint()
    this.#need(client, clock + 1)
    return { client, clock }
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
