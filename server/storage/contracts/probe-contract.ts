// What every storage's probe keeps to (docs/spec/storage.md, STO-59).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { type ContractSubject, newDocument, upTo } from './samples.ts'

export function registerProbeContract(subject: ContractSubject): void {
  describe('the probe', () => {
    let storage: Storage
    beforeAll(async () => {
      storage = await subject.open()
    })
    afterAll(() => storage.close())

    it('[STO-59] writes and leaves nothing that anybody reads, also many at once', async () => {
      const before = { cases: await storage.log.caseIds(), keys: await storage.keys.names() }
      await Promise.all(upTo(20).map(() => storage.probe()))
      await storage.probe()
      expect({ cases: await storage.log.caseIds(), keys: await storage.keys.names() }).toEqual(before)
      expect(await storage.records.all('probe')).toEqual([])
      expect(await storage.drafts.headOf(newDocument())).toBe(0)
    })
  })
}
