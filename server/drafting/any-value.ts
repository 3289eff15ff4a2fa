// Values of attributes as Yjs writes them (lib0 "any"): short texts and whole numbers alone; everything else is no value of ours.
import type { ByteCursor } from '#shared/drafting/byte-cursor.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'

const TEXT = 119
const INTEGER = 125
const LONGEST = 256

/** `undefined` for any other kind; its bytes are then not read. */
export function readAnyValue(cursor: ByteCursor): string | number | undefined {
  const kind = cursor.byte()
  if (kind === INTEGER) return smallInteger(cursor)
  if (kind !== TEXT) return undefined
  const bytes = cursor.block()
  return bytes.length <= LONGEST ? fromUtf8(bytes) : undefined
}

/** Continuation and sign stand in the first two bits; numbers beyond six bits or below zero are none of ours. */
function smallInteger(cursor: ByteCursor): number | undefined {
  const byte = cursor.byte()
  return byte & 0xc0 ? undefined : byte
}
