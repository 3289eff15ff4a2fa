// What every FileStore keeps to (docs/spec/storage.md, STO-30 to STO-33).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileStore, Storage } from '#server/storage/ports.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { bytes, type ContractSubject, HOSTILE_TEXTS, randomText } from './samples.ts'

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

    it('[STO-30] a file comes back as it went in, plain bytes, up to a few megabytes', async () => {
      for (const content of [bytes(3_000_000), new Uint8Array(0), Uint8Array.from({ length: 256 }, (_, i) => i)]) {
        const id = newFile()
        await files.put(id, Buffer.from(content))
        const read = await files.get(id)
        expect(read?.constructor).toBe(Uint8Array)
        expect(Buffer.compare(read ?? bytes(1), content)).toBe(0)
      }
      expect(await files.get(newFile())).toBeUndefined()
    })

    it('[STO-31] putting the same bytes again is harmless, other bytes under the same id are refused', async () => {
      const id = newFile()
      const content = bytes(100)
      await files.put(id, content)
      await files.put(id, content.slice())
      await expect(files.put(id, bytes(100))).rejects.toMatchObject({ problem: { kind: 'conflict' } })
      expect(await files.get(id)).toEqual(content)
    })

    it('[STO-32] a deleted file is gone; deleting what is not there is harmless', async () => {
      const [id, other] = [newFile(), newFile()]
      await files.put(id, bytes(10))
      await files.put(other, bytes(10))
      await files.delete(id)
      await files.delete(id)
      expect(await files.get(id)).toBeUndefined()
      expect(await files.get(other)).toBeDefined()
    })

    it('[STO-33] hostile text as an id is only text; an object is refused', async () => {
      await files.put(newFile(), bytes(10))
      for (const text of HOSTILE_TEXTS) {
        const id = asId<FileId>(`${text}${randomText()}`)
        expect(await files.get(id)).toBeUndefined()
        await files.put(id, bytes(10))
        expect(await files.get(id)).toBeDefined()
      }
      // Cast: what a forgotten check would hand in.
      const operator = { $gt: '' } as unknown as FileId
      await expect(files.get(operator)).rejects.toThrow()
      await expect(files.put(operator, bytes(1))).rejects.toThrow()
      await expect(files.delete(operator)).rejects.toThrow()
    })
  })
}
