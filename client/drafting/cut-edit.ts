// Edits as frames can carry them: one that is too large is cut by its clocks, so that each piece can be taken in and judged alone, in their
// order; what it deletes comes last.
import * as Y from 'yjs'
import { varUint, varUints } from '#shared/drafting/byte-cursor.ts'
import { MAX_EDIT_BYTES, MAX_EDIT_DELETIONS, MAX_EDIT_STRUCTS } from '#shared/drafting/draft-frames.ts'
import { concat } from '#shared/kernel/bytes.ts'

export interface EditLimits {
  readonly bytes: number
  readonly structs: number
  readonly deletions: number
}

const OF_FRAME: EditLimits = { bytes: MAX_EDIT_BYTES, structs: MAX_EDIT_STRUCTS, deletions: MAX_EDIT_DELETIONS }
/** What stands around a piece's structs: counts, author, clock. */
const AROUND = 32
/** Of one edit. */
const MOST_PIECES = 8

export function fitsFrame(edit: Uint8Array, limits: EditLimits = OF_FRAME): boolean {
  if (edit.length > limits.bytes) return false
  // no struct and no deletion takes less than two bytes
  if (edit.length <= 2 * Math.min(limits.structs, limits.deletions)) return true
  const { structs, ds } = Y.decodeUpdate(edit)
  return structs.length <= limits.structs && rangesIn(ds) <= limits.deletions
}

/** Undefined for one that is refused: it would be too many frames, or holds something that no frame can carry. */
export function piecesToSend(edit: Uint8Array): readonly Uint8Array[] | undefined {
  const pieces = cutEdit(edit)
  return pieces.length <= MOST_PIECES && pieces.every((piece) => fitsFrame(piece)) ? pieces : undefined
}

/** The same edit in pieces that fit: itself, where it does. */
export function cutEdit(edit: Uint8Array, limits: EditLimits = OF_FRAME): readonly Uint8Array[] {
  if (fitsFrame(edit, limits)) return [edit]
  const { structs, ds } = Y.decodeUpdate(edit)
  return [...structPieces(structs, limits), ...deletionPieces(ds, limits)]
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
type Deletions = ReturnType<typeof Y.decodeUpdate>['ds']

function structPieces(structs: readonly Struct[], limits: EditLimits): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let first: Struct | undefined
  let written: Uint8Array[] = []
  let [bytes, next] = [0, 0]
  const end = () => {
    if (first) pieces.push(concat(varUints([1, written.length, first.id.client, first.id.clock]), ...written, varUint(0)))
    first = undefined
    written = []
    bytes = 0
  }
  for (const struct of structs.flatMap((each) => withinBytes(each, limits.bytes - AROUND))) {
    if (struct instanceof Y.Skip) continue // a gap: what comes behind it begins a piece of its own
    const encoded = encodedStruct(struct)
    const goesOn = first?.id.client === struct.id.client && struct.id.clock === next
    if (!goesOn || written.length >= limits.structs || bytes + encoded.length > limits.bytes - AROUND) end()
    first ??= struct
    written.push(encoded)
    bytes += encoded.length
    next = struct.id.clock + struct.length
  }
  end()
  return pieces
}

/** A long stretch of letters as several, each behind the one before it. */
function withinBytes(struct: Struct, bytes: number): readonly Struct[] {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [struct]
  const { str } = struct.content
  // a letter takes three bytes at most for each of its places
  const step = Math.max(2, Math.floor((bytes - AROUND) / 3))
  if (str.length <= step) return [struct]
  const { client, clock } = struct.id
  const parts: Struct[] = []
  for (let at = 0; at < str.length; ) {
    const to = endOfPart(str, at + step)
    const origin = at === 0 ? struct.origin : Y.createID(client, clock + at - 1)
    const content = new Y.ContentString(str.slice(at, to))
    parts.push(new Y.Item(Y.createID(client, clock + at), null, origin, null, struct.rightOrigin, struct.parent, struct.parentSub, content))
    at = to
  }
  return parts
}

/** Not between the two halves of one letter. */
function endOfPart(str: string, to: number): number {
  return /[\ud800-\udbff]/.test(str.charAt(to - 1)) ? to - 1 : to
}

function encodedStruct(struct: Struct): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  struct.write(encoder, 0)
  return encoder.toUint8Array()
}

function deletionPieces({ clients }: Deletions, limits: EditLimits): Uint8Array[] {
  const all = [...clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, len })))
  // a range takes fifteen bytes at most with its author's number
  const most = Math.min(limits.deletions, Math.floor((limits.bytes - AROUND) / 15))
  const pieces: Uint8Array[] = []
  for (let at = 0; at < all.length; at += most) {
    const ranges = all.slice(at, at + most)
    const authors = [...new Set(ranges.map(({ client }) => client))]
    const ofAuthor = authors.map((author) => {
      const own = ranges.filter(({ client }) => client === author)
      return varUints([author, own.length, ...own.flatMap(({ clock, len }) => [clock, len])])
    })
    pieces.push(concat(varUints([0, authors.length]), ...ofAuthor))
  }
  return pieces
}

function rangesIn({ clients }: Deletions): number {
  let count = 0
  for (const ranges of clients.values()) count += ranges.length
  return count
}
