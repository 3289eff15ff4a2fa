// Edits of this page life that the server does not have yet, in their order. They travel joined, but never beyond what one frame may
// carry: a frame that is too large would cost the connection, and with every new connection again.
import * as Y from 'yjs'
import { MAX_EDIT_BYTES } from '#shared/drafting/draft-frames.ts'
import { fitsFrame } from './cut-edit.ts'

/** Joining grows with the square of the number. */
const MAX_MERGE = 500

export interface Piece {
  readonly update: Uint8Array
  /** How many of the waiting edits it holds. */
  readonly count: number
}

export class PendingEdits {
  #edits: Uint8Array[] = []

  get length(): number {
    return this.#edits.length
  }

  add(edit: Uint8Array): void {
    this.#edits.push(edit)
  }

  next(): Piece | undefined {
    return pieceFrom(this.#edits, 0)
  }

  taken({ count }: Piece): void {
    this.#edits.splice(0, count)
  }

  pieces(): readonly Uint8Array[] {
    return joinedEdits(this.#edits)
  }

  /** Where an author's structs in them begin. */
  clockFrom(clientId: number): number | undefined {
    for (const edit of this.#edits) {
      const from = Y.parseUpdateMeta(edit).from.get(clientId)
      if (from !== undefined) return from
    }
    return undefined
  }

  clear(): void {
    this.#edits = []
  }
}

/** The same edits in their order, in as few pieces as frames can carry. */
export function joinedEdits(edits: readonly Uint8Array[]): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0, piece = pieceFrom(edits, 0); piece; piece = pieceFrom(edits, at)) {
    pieces.push(piece.update)
    at += piece.count
  }
  return pieces
}

function pieceFrom(edits: readonly Uint8Array[], from: number, most = MAX_MERGE): Piece | undefined {
  const [only] = edits.slice(from, from + 1)
  if (!only) return undefined
  let count = 1
  for (let bytes = only.length; from + count < edits.length && count < most; count++) {
    bytes += edits[from + count]?.length ?? 0
    if (bytes > MAX_EDIT_BYTES) break
  }
  const update = count === 1 ? only : Y.mergeUpdates(edits.slice(from, from + count))
  // joined edits may be more than a frame carries though each is less
  return count > 1 && !fitsFrame(update) ? pieceFrom(edits, from, Math.floor(count / 2)) : { update, count }
}
