// Files as those who use them see them: clear bytes that come and go piece by piece, encrypted as they pass. Their digest is made while they
// are written and held against them while they are read.
import { createHash } from 'node:crypto'
import { sha256 } from '#server/kernel/digest.ts'
import { equalBytes, utf8 } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import { type FileCipher, type FileFacts, type FileKeys, newFileCipher, openFileCipher, PIECE_BYTES, piecesOf } from './file-cipher.ts'
import type { FileInPieces, FileStore, FileWriting } from './ports.ts'

/** The key of the audience that a file belongs to. */
export interface FileKey {
  /** `context` says which file, and is bound to all of it. */
  file(context: string): FileKeys
  /** Opens what rests in the older form, as one ciphertext. */
  decrypt(context: string, bytes: Uint8Array): Uint8Array
}

export function fileKey(key: { file: FileKey['file']; decrypt(context: Uint8Array, bytes: Uint8Array): Uint8Array }): FileKey {
  return { file: key.file, decrypt: (context, bytes) => key.decrypt(utf8(context), bytes) }
}

export interface FilePlace {
  readonly id: FileId
  readonly context: string
  readonly key: FileKey
}

/** A file that rests, opened: what it is is known, its bytes are read when they are asked for. */
export interface OpenFile extends FileFacts {
  /** The clear bytes from this one on. Throws, before the last of them, when they are not what was written. */
  pieces(from?: number): AsyncIterable<Uint8Array>
}

type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface EncryptedFiles {
  /** Writes what comes. When the same bytes rest under this id already that is harmless; others are refused (throws). */
  write(place: FilePlace, source: ByteSource): Promise<FileFacts>
  /** As `write`, of bytes at hand: those that rest already are not written again. */
  keep(place: FilePlace, bytes: Uint8Array): Promise<void>
  /** Throws when it was changed at rest, or its bytes are not of the `digest` that the caller knows. */
  open(place: FilePlace, digest?: Uint8Array): Promise<OpenFile | undefined>
  delete(id: FileId): Promise<void>
}

interface FilesDeps {
  readonly files: Pick<FileStore, 'write' | 'read' | 'delete'>
  readonly entropy: Entropy
  readonly clock: Clock
}

export function encryptFiles({ files, entropy, clock }: FilesDeps): EncryptedFiles {
  const open: EncryptedFiles['open'] = async (place, digest) => {
    const opened = await openFile(files, place)
    if (opened && digest && !equalBytes(opened.digest, digest)) throw new Error(`file ${place.id} is not the one that was asked for`)
    return opened
  }

  async function writePieces({ context, key }: FilePlace, writing: FileWriting, source: ByteSource): Promise<FileFacts & Finishing> {
    const cipher = newFileCipher(key.file(context), context, entropy)
    const hash = createHash('sha256')
    let [at, length] = [0, 0]
    for await (const { clear, isLast } of inPieces(source)) {
      hash.update(clear)
      length += clear.length
      await writing.append(cipher.encrypt(at++, clear, isLast))
    }
    const facts = { length, digest: new Uint8Array(hash.digest()) }
    return { ...facts, finish: () => writing.finish(cipher.end(facts)) }
  }

  async function write(place: FilePlace, source: ByteSource): Promise<FileFacts> {
    const writing = files.write(place.id, clock.now())
    let facts: FileFacts | undefined
    try {
      const { finish, ...written } = await writePieces(place, writing, source)
      facts = written
      await finish()
      return written
    } catch (cause) {
      await writing.abandon().catch(() => undefined) // removed later, as abandoned
      // It may have been written after all; or it rests in the older form, which a store cannot compare.
      const kept = facts && (await open(place).catch(() => undefined))
      if (!facts || !kept) throw cause
      if (equalBytes(kept.digest, facts.digest)) return facts
      throw new Error(`other bytes rest under ${place.id}`, { cause })
    }
  }

  return {
    open,
    write,
    async keep(place, bytes) {
      const kept = await open(place)
      if (!kept || !equalBytes(kept.digest, sha256(bytes))) await write(place, [bytes])
    },
    delete: (id) => files.delete(id),
  }
}

interface Finishing {
  readonly finish: () => Promise<void>
}

/** For what has to be at hand whole: printing, packing, checking. Throws beyond `most` bytes. */
export async function wholeBytes({ length, pieces }: Pick<OpenFile, 'length' | 'pieces'>, most = 32 * 1024 * 1024): Promise<Uint8Array> {
  if (length > most) throw new RangeError('a file too large to be read whole')
  const whole = new Uint8Array(length)
  let at = 0
  for await (const piece of pieces()) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

async function openFile(files: Pick<FileStore, 'read'>, { id, context, key }: FilePlace): Promise<OpenFile | undefined> {
  const stored = await files.read(id)
  if (!stored) return undefined
  if (stored.form === 'whole') return atHand(key.decrypt(context, stored.bytes))
  const { cipher, facts } = openFileCipher(key.file(context), context, stored)
  if (stored.count !== piecesOf(facts.length)) throw new Error(`file ${id} has other pieces than it was written with`)
  return { ...facts, pieces: (from = 0) => clearPieces({ id, stored, cipher, facts }, from) }
}

function atHand(bytes: Uint8Array): OpenFile {
  async function* pieces(from = 0): AsyncGenerator<Uint8Array> {
    for (let at = from; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
  }
  return { length: bytes.length, digest: new Uint8Array(sha256(bytes)), pieces }
}

interface Opened {
  readonly id: FileId
  readonly stored: FileInPieces
  readonly cipher: FileCipher
  readonly facts: FileFacts
}

/** Each piece is authenticated by itself; read from the beginning, their digest is compared as well. */
async function* clearPieces({ id, stored, cipher, facts }: Opened, from: number): AsyncGenerator<Uint8Array> {
  const first = Math.floor(from / PIECE_BYTES)
  const hash = from === 0 ? createHash('sha256') : undefined
  let at = first
  for await (const piece of stored.pieces(first)) {
    const isLast = at === stored.count - 1
    const clear = cipher.decrypt(at, piece, isLast)
    const isWhole = clear.length === (isLast ? facts.length - at * PIECE_BYTES : PIECE_BYTES)
    hash?.update(clear)
    if (!isWhole || (isLast && hash && !equalBytes(hash.digest(), facts.digest))) throw new Error(`file ${id} is not what was written`)
    const wanted = at === first ? clear.subarray(from - first * PIECE_BYTES) : clear
    if (wanted.length > 0) yield wanted
    at++
  }
}

/** The same room for each: a piece is good until the next is asked for. */
async function* inPieces(source: ByteSource): AsyncGenerator<{ readonly clear: Uint8Array; readonly isLast: boolean }> {
  const room = new Uint8Array(PIECE_BYTES)
  let filled = 0
  for await (const part of source) {
    for (let at = 0; at < part.length; ) {
      if (filled === PIECE_BYTES) {
        yield { clear: room, isLast: false }
        filled = 0
      }
      const taken = part.subarray(at, at + PIECE_BYTES - filled)
      room.set(taken, filled)
      filled += taken.length
      at += taken.length
    }
  }
  yield { clear: room.subarray(0, filled), isLast: true }
}
