// What is long under way: a session that ends, or whose device is given away, ends it in the middle.
import { AppError } from '#shared/kernel/errors.ts'

/** Asked for each piece, before it goes on. */
export async function* livePieces(pieces: AsyncIterable<Uint8Array>, isLive: () => Promise<boolean>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (!(await isLive())) throw new AppError({ kind: 'unauthenticated' })
    yield piece
  }
}
