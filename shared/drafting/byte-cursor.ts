// Reads bytes that anybody may have sent: every read is bounded, and running out is one named error, never a wrong value.
import { concat } from '#shared/kernel/bytes.ts'

class OutOfBytes extends Error {
  override readonly name = 'OutOfBytes'
}

export class ByteCursor {
  #at = 0
  readonly #bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const value = this.#bytes[this.#at]
    if (value === undefined) throw new OutOfBytes()
    this.#at++
    return value
  }

  /** Little-endian base 128, at most 2^53 - 1. */
  varUint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (!Number.isSafeInteger(value)) throw new OutOfBytes()
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw new OutOfBytes()
    const taken = this.#bytes.subarray(this.#at, this.#at + count)
    this.#at += count
    return taken
  }

  /** Bytes preceded by their length. */
  block(): Uint8Array {
    return this.take(this.varUint())
  }

  rest(): Uint8Array {
    return this.take(this.left)
  }
}

export function varUint(value: number): Uint8Array {
  return varUints([value])
}

export function varUints(values: readonly number[]): Uint8Array {
  const bytes: number[] = []
  for (const value of values) {
    let rest = value
    while (rest >= 128) {
      bytes.push((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    bytes.push(rest)
  }
  return Uint8Array.from(bytes)
}

export function block(bytes: Uint8Array): Uint8Array {
  return concat(varUint(bytes.length), bytes)
}
