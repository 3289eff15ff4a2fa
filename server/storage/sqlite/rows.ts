// Columns of a row by type. A column of another type means a damaged file, and is an error, not a guess.
import type { Row } from './database.ts'

export function textAt(row: Row, at: number): string {
  const value = row[at]
  if (typeof value !== 'string') throw new TypeError(`column ${at} holds no text`)
  return value
}

export function integerAt(row: Row, at: number): number {
  const value = row[at]
  if (typeof value !== 'number') throw new TypeError(`column ${at} holds no integer`)
  return value
}

/** Buffers become plain Uint8Arrays, so that what is read equals what was written. */
export function bytesAt(row: Row, at: number): Uint8Array {
  const value = row[at]
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${at} holds no bytes`)
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}
