// What every KeyStore keeps to (docs/spec/storage.md, STO-40 to STO-43).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyStore, Storage } from '#server/storage/ports.ts'
import { bytes, type ContractSubject, HOSTILE_TEXTS, randomText, upTo } from './samples.ts'

export function registerKeyContract(subject: ContractSubject): void {
  describe('keys', () => {
    let storage: Storage
    let keys: KeyStore
    beforeAll(async () => {
      storage = await subject.open()
      keys = storage.keys
    })
    afterAll(() => storage.close())

    it('[STO-40] the first key under a name stays, and everybody is told that one', async () => {
      const name = randomText()
      const first = bytes(60)
      expect(await keys.putIfAbsent(name, Buffer.from(first))).toEqual(first)
      expect(await keys.putIfAbsent(name, bytes(60))).toEqual(first)
      const read = await keys.get(name)
      expect(read).toEqual(first)
      expect(read?.constructor).toBe(Uint8Array)
      expect(await keys.get(randomText())).toBeUndefined()
    })

    it('[STO-41] keys put at once under one name end as one key', async () => {
      const name = randomText()
      const answers = await Promise.all(upTo(10).map(() => keys.putIfAbsent(name, bytes(60))))
      const kept = await keys.get(name)
      expect(kept).toBeDefined()
      for (const answer of answers) expect(answer).toEqual(kept)
    })

    it('[STO-42] a destroyed key is gone, alone; destroying what is not there is harmless', async () => {
      const [name, other] = [randomText(), randomText()]
      await keys.putIfAbsent(name, bytes(60))
      await keys.putIfAbsent(other, bytes(60))
      expect(await keys.names()).toEqual(expect.arrayContaining([name, other]))
      await keys.destroy(name)
      await keys.destroy(name)
      expect(await keys.get(name)).toBeUndefined()
      expect(await keys.get(other)).toBeDefined()
      expect(await keys.names()).not.toContain(name)
    })

    it('[STO-43] hostile text as a name is only text; an object is refused', async () => {
      for (const text of HOSTILE_TEXTS) {
        const name = `${text}${randomText()}`
        const wrapped = bytes(60)
        expect(await keys.get(name)).toBeUndefined()
        expect(await keys.putIfAbsent(name, wrapped)).toEqual(wrapped)
        expect(await keys.names()).toContain(name)
      }
      // Cast: what a forgotten check would hand in.
      const operator = { $gt: '' } as unknown as string
      await expect(keys.get(operator)).rejects.toThrow()
      await expect(keys.putIfAbsent(operator, bytes(1))).rejects.toThrow()
      await expect(keys.destroy(operator)).rejects.toThrow()
    })
  })
}
