// Pieces of a file collected into a few for each write: a small file costs one write, and of a large one no more than these are in memory.
import type { FileEnd, FileWriting } from './ports.ts'
import { storableBytes, UnstorableError } from './storable.ts'

const AT_ONCE = 4
/** No database has trouble with it, and nobody makes pieces so large. */
const MAX_PIECE_BYTES = 1024 * 1024

/** How one storage writes them. Each can be done again after a failure: nobody knows then what of it was stored. */
interface PieceWriter {
  /** Pieces from number `from` on. */
  store(pieces: readonly Uint8Array[], from: number): Promise<void>
  finish(pieces: readonly Uint8Array[], from: number, end: FileEnd): Promise<void>
  abandon(): Promise<void>
}

export function collectPieces(writer: PieceWriter): FileWriting {
  let collected: Uint8Array[] = []
  let stored = 0
  return {
    async append(piece) {
      if (storableBytes(piece).length > MAX_PIECE_BYTES) throw new UnstorableError('a piece of too many bytes')
      if (collected.length === AT_ONCE) {
        await writer.store(collected, stored)
        stored += collected.length
        collected = []
      }
      collected.push(piece)
    },
    finish: ({ header, mac }) => writer.finish(collected, stored, { header: storableBytes(header), mac: storableBytes(mac) }),
    async abandon() {
      collected = []
      await writer.abandon()
    },
  }
}
