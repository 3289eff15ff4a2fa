import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RestingRecord, Storage } from '#server/storage/ports.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { type ContractSubject, commit, entry, newCase, newCollection, newDocument, putFile, randomText, upTo } from './samples.ts'

export function registerInspectionContract(subject: ContractSubject): void {
  describe('inspection', () => {
    let storage: Storage
    beforeAll(async () => {
      storage = await subject.open()
    })
    afterAll(() => storage.close())

    async function recordsOf(collection: string, limit = 2): Promise<readonly RestingRecord[]> {
      const found: RestingRecord[] = []
      for (let after: RestingRecord | undefined; ; ) {
        const page = await storage.inspection.records(after, limit)
        found.push(...page.filter((each) => each.collection === collection))
        after = page.at(-1)
        if (page.length < limit) return found
      }
    }

    it('[STO-102] every record is read once, page by page, with the keys it is found by', async () => {
      const collection = newCollection()
      const unique = { email: randomText() }
      for (const at of upTo(5))
        await storage.records.insert(collection, `id ${at}`, { at }, at === 2 ? { unique, index: { day: 'x=y', week: '' } } : {})
      const found = await recordsOf(collection)
      expect(found.map(({ id }) => id)).toEqual(upTo(5).map((at) => `id ${at}`))
      expect(found[1]).toEqual({ collection, id: 'id 2', version: 1, value: { at: 2 }, unique, index: { day: 'x=y', week: '' } })
      expect(found[2]).toMatchObject({ unique: {}, index: {} })
    })

    it('[STO-102] a record is rewritten at the version that was read, and is still found by its keys', async () => {
      const collection = newCollection()
      await storage.records.insert(collection, 'one', { form: 1 }, { index: { day: 'monday' } })
      const place = { collection, id: 'one', version: 1 }
      expect(await storage.inspection.rewriteRecord(place, { form: 2 })).toBe(true)
      expect(await storage.inspection.rewriteRecord(place, { form: 3 })).toBe(false)
      expect(await storage.records.find(collection, 'day', 'monday')).toEqual([{ id: 'one', version: 2, value: { form: 2 } }])
    })

    it('[STO-103] files and drafts are listed, and nothing hangs in the air that was written through the ports', async () => {
      const caseId = newCase()
      const fileId = asId<FileId>(randomText())
      const place = newDocument(caseId)
      await putFile(storage.files, fileId)
      await storage.drafts.append([entry(place, 1)])
      await storage.log.append([commit(caseId, 1)])
      expect(await storage.inspection.fileIds()).toContain(fileId)
      expect(await storage.inspection.documents()).toContainEqual(place)
      expect(await storage.inspection.strays()).toEqual([])
    })
  })
}
