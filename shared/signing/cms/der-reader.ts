// DER, read strictly: definite and minimal lengths, one-byte tags, nothing left over. Anything else is not a signature of ours.
import type { Bytes } from '#shared/kernel/digest.ts'
import { TAG } from './der.ts'

export class DerError extends Error {
  override readonly name = 'DerError'
}

export interface Element {
  readonly tag: number
  readonly content: Bytes
  /** Tag, length and content. */
  readonly raw: Bytes
}

export class DerReader {
  #at = 0
  readonly #bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length
  }

  peek(): number | undefined {
    return this.#bytes[this.#at]
  }

  next(tag?: number): Element {
    const start = this.#at
    const found = this.#byte()
    if ((found & 0x1f) === 0x1f) throw new DerError('long tag')
    if (tag !== undefined && found !== tag) throw new DerError(`tag ${found} where ${tag} belongs`)
    const length = this.#length()
    const from = this.#at
    if (from + length > this.#bytes.length) throw new DerError('cut off')
    this.#at = from + length
    return {
      tag: found,
      content: new Uint8Array(this.#bytes.subarray(from, this.#at)),
      raw: new Uint8Array(this.#bytes.subarray(start, this.#at)),
    }
  }

  /** A constructed element's inside. */
  inside(tag: number): DerReader {
    return new DerReader(this.next(tag).content)
  }

  all(): Element[] {
    const elements: Element[] = []
    while (!this.ended) elements.push(this.next())
    return elements
  }

  end(): void {
    if (!this.ended) throw new DerError('more than belongs here')
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new DerError('cut off')
    return byte
  }

  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    const count = first & 0x7f
    if (count === 0 || count > 4) throw new DerError('length')
    let length = 0
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte()
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('length not minimal')
    return length
  }
}

/** One element and nothing after it. */
export function readDer(bytes: Uint8Array, tag: number): DerReader {
  const outer = new DerReader(bytes)
  const inside = outer.inside(tag)
  outer.end()
  return inside
}

export function oidText(content: Uint8Array): string {
  const arcs: bigint[] = []
  let value = 0n
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(value)
      value = 0n
    }
  }
  const [head = 0n, ...rest] = arcs
  const first = head < 80n ? head / 40n : 2n
  return [first, head - first * 40n, ...rest].join('.')
}

/** Milliseconds of a UTCTime or GeneralizedTime in whole seconds and UTC. */
export function timeValue({ tag, content }: Element): number {
  const text = new TextDecoder().decode(content)
  const match =
    tag === TAG.utcTime ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!match || (tag !== TAG.utcTime && tag !== TAG.generalizedTime)) throw new DerError('time')
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number)
  const [day = 0, hour = 0, minute = 0, second = 0] = rest
  return Date.UTC(tag === TAG.utcTime ? (year < 50 ? 2000 : 1900) + year : year, month - 1, day, hour, minute, second)
}
