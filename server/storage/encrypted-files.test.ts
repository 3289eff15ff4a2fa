import { createHash, randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { encryptBytes } from '#server/log/body-cipher.ts'
import { audienceKey } from '#server/log/derived-keys.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { bytes, randomText, storedBytes } from './contracts/samples.ts'
import { encryptFiles, type FilePlace, fileKey, wholeBytes } from './encrypted-files.ts'
import { PIECE_BYTES } from './file-cipher.ts'
import type { FileInPieces, FileStore, WholeFile } from './ports.ts'

const entropy = seededEntropy('files')
const clock = { now: () => 1_792_000_000_000 }
const storage = memoryStorage()
afterAll(() => storage.close())
const files = encryptFiles({ files: storage.files, entropy, clock })
const stored = new Uint8Array(32).fill(5)
const audience = audienceKey(stored, () => 1)
const key = fileKey(audience)

function newPlace(more: Partial<FilePlace> = {}): FilePlace {
  const id = asId<FileId>(randomText())
  return { id, context: `case|file ${id}`, key, ...more }
}

const encryptedBy = (by: Uint8Array, content: Uint8Array, context: Uint8Array) => encryptBytes(by, content, context, entropy)

function fail(): never {
  throw new Error('not there')
}

const digestOf = (content: Uint8Array) => new Uint8Array(createHash('sha256').update(content).digest())

async function inPieces(id: FileId): Promise<FileInPieces & { readonly all: Uint8Array[] }> {
  const found = await storage.files.read(id)
  if (found?.form !== 'pieces') throw new Error('no file in pieces')
  const all: Uint8Array[] = []
  for await (const piece of found.pieces()) all.push(piece)
  return { ...found, all }
}

/** The files over a store in which this one file is what somebody has made of it. */
function reading(found: FileInPieces | WholeFile, pieces?: readonly Uint8Array[]) {
  async function* from(first = 0) {
    yield* (pieces ?? []).slice(first)
  }
  const changed: FileInPieces | WholeFile = pieces && found.form === 'pieces' ? { ...found, count: pieces.length, pieces: from } : found
  return encryptFiles({ files: { ...storage.files, read: async () => changed }, entropy, clock })
}

describe('a file', () => {
  const edges = [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 5 * PIECE_BYTES + 77]

  it.each(edges)('[STO-170] of %i bytes opens as it was written, however it came, from any byte on', async (length) => {
    const content = bytes(length)
    const parts = [content.subarray(0, length / 3), new Uint8Array(0), content.subarray(length / 3)]
    const place = newPlace()
    expect(await files.write(place, parts)).toEqual({ length, digest: digestOf(content) })
    const opened = await files.open(place, digestOf(content))
    expect(opened).toMatchObject({ length, digest: digestOf(content) })
    if (!opened) throw new Error('not there')
    expect(Buffer.compare(await wholeBytes(opened), content)).toBe(0)
    for (const from of [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, length - 1, length].filter((at) => at >= 0 && at <= length)) {
      const read = await wholeBytes({ length: length - from, pieces: () => opened.pieces(from) })
      expect(Buffer.compare(read, content.subarray(from))).toBe(0)
    }
  })

  it('[STO-170] rests as nothing that tells of its bytes, and with nothing that can be guessed without the key', async () => {
    const content = utf8('Долг составляет 1 840 000 ₸. '.repeat(9_000))
    const [place, other] = [newPlace(), newPlace()]
    for (const each of [place, other]) await files.write(each, [content])
    const rest = await storedBytes(storage.files, place.id)
    for (const part of [content.subarray(0, 12), digestOf(content)]) expect(rest?.includes(Buffer.from(part))).toBe(false)
    const [one, two] = [await inPieces(place.id), await inPieces(other.id)]
    expect(one.mac).not.toEqual(two.mac) // one text in two files does not show either
    expect(one.all.every((piece, at) => Buffer.compare(piece, two.all[at] ?? piece) !== 0)).toBe(true)
    const anew = newPlace()
    await files.write({ ...place, id: anew.id }, [content]) // the same file written once more
    const again = await inPieces(anew.id)
    expect(again.mac).toEqual(one.mac)
    expect(again.all.some((piece, at) => Buffer.compare(piece, one.all[at] ?? piece) === 0)).toBe(false)
  })

  it('[STO-171] is never whole in memory while it is written or read', async () => {
    const place = newPlace()
    let [handed, put] = [0, 0]
    let most = 0
    const counting: FileStore = {
      ...storage.files,
      write(id, at) {
        const writing = storage.files.write(id, at)
        return { ...writing, append: (piece) => writing.append(piece).then(() => void put++) }
      },
    }
    async function* source() {
      for (let at = 0; at < 200; at++) {
        handed++
        most = Math.max(most, handed - put)
        yield bytes(PIECE_BYTES)
      }
    }
    await encryptFiles({ files: counting, entropy, clock }).write(place, source())
    expect(most).toBeLessThanOrEqual(3)
    await expect(files.open(place).then((opened) => opened && wholeBytes(opened, 100 * PIECE_BYTES))).rejects.toThrow('too large')
  })

  it('[STO-171] whose source fails in the middle is not there, and leaves nothing', async () => {
    const place = newPlace()
    async function* source() {
      for (let at = 0; at < 20; at++) yield bytes(PIECE_BYTES)
      throw new Error('the sender went away')
    }
    await expect(files.write(place, source())).rejects.toThrow('went away')
    expect(await files.open(place)).toBeUndefined()
    expect(await storage.inspection.strays()).toEqual([])
  })
})

describe('the same file again', () => {
  it('[STO-172] is harmless, other bytes are refused, and what rests already is not written anew', async () => {
    const place = newPlace()
    const content = bytes(3 * PIECE_BYTES)
    await files.keep(place, content)
    const before = await storedBytes(storage.files, place.id)
    await files.write(place, [content])
    let written = 0
    const counting: FileStore = {
      ...storage.files,
      write(id, at) {
        written++
        return storage.files.write(id, at)
      },
    }
    await encryptFiles({ files: counting, entropy, clock }).keep(place, content)
    expect(written).toBe(0)
    for (const other of [bytes(10), content.subarray(1)]) {
      await expect(files.keep(place, other)).rejects.toThrow('other bytes')
      await expect(files.write(place, [other])).rejects.toThrow('other bytes')
    }
    expect((await storedBytes(storage.files, place.id))?.equals(before ?? Buffer.alloc(0))).toBe(true)
    expect(await storage.inspection.strays()).toEqual([])
  })

  it('[STO-172] when the answer to its last write was lost, the next try finds it finished', async () => {
    const place = newPlace()
    const content = bytes(9 * PIECE_BYTES)
    let lost = 0
    const losing: FileStore = {
      ...storage.files,
      write(id, at) {
        const writing = storage.files.write(id, at)
        const lose = () => Promise.reject(new Error(`lost ${++lost}`))
        return { ...writing, finish: (end) => writing.finish(end).then(lose) }
      },
    }
    const over = encryptFiles({ files: losing, entropy, clock })
    expect((await over.write(place, [content])).length).toBe(content.length)
    await over.keep(place, content)
    expect(lost).toBe(1)
    await files.write(place, [content])
    expect(Buffer.compare(await wholeBytes((await files.open(place)) ?? fail()), content)).toBe(0)
  })

  it('[STO-173] of the older form, one ciphertext, opens, is compared, and is never written anew', async () => {
    for (const derivation of [0, 1] as const) {
      const place = newPlace()
      const content = bytes(2 * PIECE_BYTES + 5)
      const context = utf8(place.context)
      const old = derivation === 0 ? encryptedBy(stored, content, context) : audience.encrypt(context, content, entropy)
      const over = reading({ form: 'whole', bytes: old })
      const opened = (await over.open(place, digestOf(content))) ?? fail()
      expect(opened).toMatchObject({ length: content.length, digest: digestOf(content) })
      expect(Buffer.compare(await wholeBytes(opened), content)).toBe(0)
      const rest = await wholeBytes({ length: 5, pieces: () => opened.pieces(2 * PIECE_BYTES) })
      expect(Buffer.compare(rest, content.subarray(2 * PIECE_BYTES))).toBe(0)
      await over.keep(place, content)
      expect(await storage.files.has(place.id)).toBe(false)
      await expect(over.open({ ...place, context: 'another' })).rejects.toThrow()
    }
  })
})

describe('what was changed at rest', () => {
  type Pieces = Awaited<ReturnType<typeof inPieces>>
  type Change = (of: Pieces, other: Pieces) => readonly Uint8Array[]
  const one = newPlace()
  const length = 3 * PIECE_BYTES + 40

  const content = bytes(length)

  /** What is given out of a file to which this was done, and whether it was found. */
  async function damaged(change: Change, first = 0) {
    if (!(await storage.files.has(one.id))) await files.write(one, [content])
    const other = newPlace()
    await files.write(other, [bytes(length)])
    const [found, foreign] = [await inPieces(one.id), await inPieces(other.id)]
    const given: Uint8Array[] = []
    try {
      const opened = await reading(found, change(found, foreign)).open(one)
      for await (const piece of opened?.pieces(first * PIECE_BYTES) ?? []) given.push(piece)
      return { given, isFound: false }
    } catch {
      return { given, isFound: true }
    }
  }

  const flip = (piece: Uint8Array = new Uint8Array(1), at = 3) => piece.map((byte, index) => (index === at ? byte ^ 1 : byte))
  const swap = (all: readonly Uint8Array[], a: number, b: number) => all.map((piece, at) => all[at === a ? b : at === b ? a : at] ?? piece)

  it.each<readonly [string, Change]>([
    ['a bit of the first piece', ({ all }) => all.with(0, flip(all[0]))],
    ['a bit of the last piece', ({ all }) => all.with(3, flip(all[3]))],
    ['a tag', ({ all }) => all.with(1, flip(all[1], PIECE_BYTES + 2))],
    ['the last piece away', ({ all }) => all.slice(0, -1)],
    ['all pieces but the first away', ({ all }) => all.slice(0, 1)],
    ['the first piece away', ({ all }) => all.slice(1)],
    ['a piece in the middle away', ({ all }) => all.toSpliced(1, 1)],
    ['two pieces in each other’s place', ({ all }) => swap(all, 0, 1)],
    ['the last two in each other’s place', ({ all }) => swap(all, 2, 3)],
    ['a piece doubled', ({ all }) => all.toSpliced(1, 0, ...all.slice(0, 1))],
    ['a piece in the place of another', ({ all }) => all.with(1, all[0] ?? fail())],
    ['a piece too many', ({ all }) => [...all, ...all.slice(-1)]],
    ['a piece of another file', ({ all }, other) => all.with(1, other.all[1] ?? fail())],
    ['all pieces of another file', (_found, other) => other.all],
    ['an empty piece', ({ all }) => all.with(2, new Uint8Array(0))],
    ['no pieces at all', () => []],
  ])('[STO-174] %s is found before the last piece is given out', async (_what, change) => {
    const { given, isFound } = await damaged(change)
    expect([isFound, given.length < 4]).toEqual([true, true])
    // Nor is any byte given out that is not the file's, wherever reading begins.
    for (const first of [0, 1, 2, 3]) {
      const read = Buffer.concat((await damaged(change, first)).given)
      expect(read.equals(content.subarray(first * PIECE_BYTES, first * PIECE_BYTES + read.length))).toBe(true)
    }
  })

  it('[STO-174] nothing is found where nothing was changed', async () => {
    expect(await damaged(({ all }) => all)).toMatchObject({ given: { length: 4 }, isFound: false })
  })

  it('[STO-174] a piece of another writing of the same file does not open in this one, nor its header', async () => {
    const place = newPlace()
    const again = newPlace({ context: place.context })
    const content = bytes(2 * PIECE_BYTES)
    for (const each of [place, again]) await files.write(each, [content])
    const [first, second] = [await inPieces(place.id), await inPieces(again.id)]
    const mixed = (await reading(first, first.all.with(0, second.all[0] ?? fail())).open(place)) ?? fail()
    await expect(wholeBytes(mixed)).rejects.toThrow()
    const underOther = (await reading({ ...second, header: first.header }, second.all).open(place)) ?? fail()
    await expect(wholeBytes(underOther)).rejects.toThrow()
  })

  it('[STO-174] header, mac, context and key are those of the file, or it does not open', async () => {
    const place = newPlace()
    await files.write(place, [bytes(100)])
    const found = await inPieces(place.id)
    for (let at = 0; at < found.header.length; at++)
      await expect(reading({ ...found, header: flip(found.header, at) }, found.all).open(place)).rejects.toThrow()
    await expect(reading({ ...found, mac: flip(found.mac) }, found.all).open(place)).rejects.toThrow()
    await expect(reading(found, found.all).open({ ...place, context: `${place.context}x` })).rejects.toThrow()
    const otherKey = fileKey(audienceKey(new Uint8Array(randomBytes(32)), () => 1))
    await expect(reading(found, found.all).open({ ...place, key: otherKey })).rejects.toThrow()
  })

  it('[STO-175] whoever knows the digest is given no byte of another file', async () => {
    const place = newPlace()
    await files.write(place, [bytes(100)])
    await expect(files.open(place, digestOf(bytes(100)))).rejects.toThrow('not the one that was asked for')
  })
})
