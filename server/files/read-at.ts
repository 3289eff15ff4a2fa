import type { OpenFile } from '#server/storage/encrypted-files.ts'

/** So many bytes of a file from this one on, or fewer where it ends. */
export async function readAt(file: Pick<OpenFile, 'length' | 'pieces'>, from: number, length: number): Promise<Uint8Array> {
  const wanted = Math.max(0, Math.min(length, file.length - from))
  const bytes = new Uint8Array(wanted)
  let filled = 0
  if (wanted === 0) return bytes
  for await (const piece of file.pieces(from)) {
    const taken = piece.subarray(0, wanted - filled)
    bytes.set(taken, filled)
    filled += taken.length
    if (filled === wanted) break
  }
  return bytes
}
