import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckpointStore, Storage } from '#server/storage/ports.ts'
import { bytes, type ContractSubject, HOSTILE_TEXTS, newCollection, randomText, upTo } from './samples.ts'

export function registerCheckpointContract(subject: ContractSubject): void {
  describe('checkpoints', () => {
    let storage: Storage
    let checkpoints: CheckpointStore
    beforeAll(async () => {
      storage = await subject.open()
      checkpoints = storage.checkpoints
    })
    afterAll(() => storage.close())

    it('[STO-100] an entry is written over the revision that was read, and over no other', async () => {
      const name = randomText()
      const [first, second] = [bytes(40), bytes(41)]
      expect(await checkpoints.get(name)).toBeUndefined()
      expect(await checkpoints.write([{ name, revision: 0, bytes: first }])).toEqual([true])
      expect(await checkpoints.get(name)).toEqual({ name, revision: 1, bytes: first })
      expect(await checkpoints.write([{ name, revision: 0, bytes: second }])).toEqual([false])
      expect(await checkpoints.write([{ name, revision: 2, bytes: second }])).toEqual([false])
      expect(await checkpoints.write([{ name, revision: 1, bytes: second }])).toEqual([true])
      expect(await checkpoints.get(name)).toEqual({ name, revision: 2, bytes: second })
    })

    it('[STO-100] of writes over one revision at once exactly one is done; others of its batch are their own', async () => {
      const name = randomText()
      const others = upTo(45).map(() => ({ name: randomText(), revision: 0, bytes: bytes(9) }))
      const answers = await Promise.all(
        upTo(5).map(() => checkpoints.write([{ name, revision: 0, bytes: bytes(9) }, ...others.splice(0, 9)])),
      )
      expect(answers.filter(([won]) => won)).toHaveLength(1)
      expect(answers.flatMap(([, ...rest]) => rest)).toEqual(upTo(45).map(() => true))
    })

    it('[STO-101] all are read by name, so many at most; removed ones are gone, alone', async () => {
      const own = newCollection()
      const names = upTo(5).map((at) => `${own}/${at}`)
      await checkpoints.write(names.map((name) => ({ name, revision: 0, bytes: bytes(5) })))
      expect((await checkpoints.read(own, 3)).map(({ name }) => name)).toEqual(names.slice(0, 3))
      expect((await checkpoints.read(names[2] ?? '', 2)).map(({ name }) => name)).toEqual(names.slice(3))
      await checkpoints.remove(names.slice(1, 3))
      await checkpoints.remove(names.slice(1, 3))
      expect((await checkpoints.read(own, 3)).map(({ name }) => name)).toEqual([names[0], names[3], names[4]])
      expect(await storage.keys.names()).not.toContain(names[0])
    })

    it('[STO-101] hostile text as a name is only text; an object is refused', async () => {
      for (const text of HOSTILE_TEXTS) {
        const name = `${text}${randomText()}`
        expect(await checkpoints.write([{ name, revision: 0, bytes: bytes(3) }])).toEqual([true])
        expect((await checkpoints.get(name))?.name).toBe(name)
      }
      // Cast: what a forgotten check would hand in.
      const operator = { $gt: '' } as unknown as string
      await expect(checkpoints.get(operator)).rejects.toThrow()
      await expect(checkpoints.write([{ name: operator, revision: 0, bytes: bytes(1) }])).rejects.toThrow()
    })
  })
}
