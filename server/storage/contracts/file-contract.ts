// What every FileStore keeps to (docs/spec/storage.md, STO-160 to STO-166).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileInPieces, FileStore, Storage } from '#server/storage/ports.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { bytes, type ContractSubject, HOSTILE_TEXTS, putFile, randomText, upTo } from './samples.ts'

const NOW = 1_792_000_000_000
const DIFFERS = { problem: { kind: 'conflict', reason: 'storage/file-differs' } }
const ABANDONED = { problem: { kind: 'conflict', reason: 'storage/writing-abandoned' } }
/** More than are written at once, so that some rest before the file is finished. */
const MANY = 23

export function registerFileContract(subject: ContractSubject): void {
  describe('files', () => {
    let storage: Storage
    let files: FileStore
    beforeAll(async () => {
      storage = await subject.open()
      files = storage.files
    })
    afterAll(() => storage.close())
    const newFile = () => asId<FileId>(randomText())
    const newEnd = () => ({ header: bytes(70), mac: bytes(32) })

    async function inPieces(id: FileId): Promise<FileInPieces> {
      const found = await files.read(id)
      if (found?.form !== 'pieces') throw new Error('no file in pieces')
      return found
    }

    async function all(pieces: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
      const read: Uint8Array[] = []
      for await (const piece of pieces) read.push(piece)
      return read
    }

    async function begun(id = newFile(), { pieces = upTo(MANY).map(() => bytes(20)), at = NOW } = {}) {
      const writing = files.write(id, at)
      for (const piece of pieces) await writing.append(piece)
      return { id, writing, pieces }
    }

    it.each([0, 1, 4, 5, MANY])('[STO-160] a file of %i pieces comes back as it went in, plain bytes, from any piece on', async (count) => {
      const pieces = upTo(count).map((at) => bytes(at === 2 ? 0 : 65_552))
      const { id, writing } = await begun(newFile(), { pieces: pieces.map((piece) => Buffer.from(piece)) })
      const end = newEnd()
      await writing.finish(end)
      const found = await inPieces(id)
      expect({ header: found.header, mac: found.mac, count: found.count }).toEqual({ ...end, count })
      const read = await all(found.pieces())
      expect(read.every((piece) => piece.constructor === Uint8Array)).toBe(true)
      expect(read.map((piece) => Buffer.from(piece).toString('hex'))).toEqual(pieces.map((piece) => Buffer.from(piece).toString('hex')))
      expect((await all(found.pieces(Math.max(count - 1, 0)))).length).toBe(Math.min(count, 1))
      expect(await all(found.pieces(count))).toEqual([])
      expect(await files.has(id)).toBe(true)
      expect([await files.has(newFile()), await files.read(newFile())]).toEqual([false, undefined])
    })

    it('[STO-161] nothing of it is read, listed or kept before it is finished', async () => {
      const { id, writing } = await begun()
      expect([await files.has(id), await files.read(id)]).toEqual([false, undefined])
      expect(await storage.inspection.fileIds()).not.toContain(id)
      await writing.abandon()
      await writing.abandon()
      await expect(writing.finish(newEnd())).rejects.toMatchObject(ABANDONED)
      expect(await files.has(id)).toBe(false)
      expect(await storage.inspection.strays()).toEqual([])
    })

    it('[STO-162] the same file again is harmless, and so is to finish it again; another is refused; the first stays', async () => {
      const end = newEnd()
      const { id, writing, pieces } = await begun()
      await writing.finish(end)
      await writing.finish(end)
      await writing.abandon()
      const same = await begun(id) // encrypted anew: other bytes, the same mac
      await same.writing.finish({ ...newEnd(), mac: end.mac })
      const other = await begun(id)
      await expect(other.writing.finish(newEnd())).rejects.toMatchObject(DIFFERS)
      await other.writing.abandon()
      expect(await all((await inPieces(id)).pieces())).toEqual(pieces)
      expect(await storage.inspection.strays()).toEqual([])
    })

    it('[STO-162] of several that write one file at once one stays, whole, and only those with other bytes are told', async () => {
      const id = newFile()
      const [mac, another] = [bytes(32), bytes(32)]
      const writings = await Promise.all([mac, mac, another, mac].map(async (each) => ({ ...(await begun(id)), mac: each })))
      const ended = await Promise.allSettled(writings.map(({ writing, mac: each }) => writing.finish({ ...newEnd(), mac: each })))
      const kept = await inPieces(id)
      expect(writings.map(({ pieces }) => JSON.stringify(pieces))).toContain(JSON.stringify(await all(kept.pieces())))
      for (const [at, { mac: each }] of writings.entries())
        expect(ended[at]?.status).toBe(Buffer.compare(each, kept.mac) === 0 ? 'fulfilled' : 'rejected')
    })

    it('[STO-163] a piece is read when it is asked for, not before; whoever stops reads no more', async () => {
      const { id, writing } = await begun()
      await writing.finish(newEnd())
      const reading = (await inPieces(id)).pieces()[Symbol.asyncIterator]()
      expect((await reading.next()).done).toBe(false)
      await files.delete(id)
      // Read ahead, it would still be at hand.
      await expect(reading.next()).rejects.toThrow('piece 1 of a file is missing')
      expect((await reading.next()).done).toBe(true)
    })

    it('[STO-164] a deleted file is gone with all its pieces, alone; deleting what is not there is harmless', async () => {
      const [one, other] = [await begun(), await begun()]
      for (const { writing } of [one, other]) await writing.finish(newEnd())
      await files.delete(one.id)
      await files.delete(one.id)
      expect([await files.has(one.id), await files.read(one.id)]).toEqual([false, undefined])
      expect(await all((await inPieces(other.id)).pieces())).toEqual(other.pieces)
      const again = await begun(one.id)
      await again.writing.finish(newEnd())
      expect(await all((await inPieces(one.id)).pieces())).toEqual(again.pieces)
      expect(await storage.inspection.strays()).toEqual([])
    })

    it('[STO-165] a writing that was begun before a time and never finished is removed; it can be finished no more', async () => {
      const [old, young] = [await begun(newFile(), { at: NOW - 1 }), await begun(newFile(), { at: NOW })]
      const finished = await begun(newFile(), { at: NOW - 1 })
      await finished.writing.finish(newEnd())
      await files.removeAbandoned(NOW)
      await files.removeAbandoned(NOW)
      await expect(old.writing.finish(newEnd())).rejects.toMatchObject(ABANDONED)
      await old.writing.abandon()
      expect(await files.has(old.id)).toBe(false)
      await young.writing.finish(newEnd())
      expect(await all((await inPieces(young.id)).pieces())).toEqual(young.pieces)
      expect(await all((await inPieces(finished.id)).pieces())).toEqual(finished.pieces)
      expect(await storage.inspection.strays()).toEqual([])
    })

    it('[STO-165] a removal in the middle of finishing: either the file is whole, or there is none', async () => {
      for (let times = 0; times < 5; times++) {
        const { id, writing, pieces } = await begun()
        const [finished] = await Promise.allSettled([writing.finish(newEnd()), files.removeAbandoned(NOW + 1)])
        const found = await files.read(id)
        expect(found !== undefined).toBe(finished.status === 'fulfilled')
        if (found?.form === 'pieces') expect(await all(found.pieces())).toEqual(pieces)
        else await writing.abandon()
      }
      expect(await storage.inspection.strays()).toEqual([])
    })

    it('[STO-166] hostile text as an id is only text; an object is refused', async () => {
      await putFile(files, newFile())
      for (const text of HOSTILE_TEXTS) {
        const id = asId<FileId>(`${text}${randomText()}`)
        expect(await files.has(id)).toBe(false)
        await putFile(files, id)
        expect((await inPieces(id)).count).toBe(1)
      }
      // Cast: what a forgotten check would hand in.
      const operator = { $gt: '' } as unknown as FileId
      await expect(files.read(operator)).rejects.toThrow()
      await expect(files.has(operator)).rejects.toThrow()
      await expect(files.delete(operator)).rejects.toThrow()
      expect(() => files.write(operator, NOW)).toThrow()
    })
  })
}
