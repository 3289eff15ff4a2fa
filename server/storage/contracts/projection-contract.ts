// What every ProjectionStore keeps to (docs/spec/storage.md, STO-120 to STO-126).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProjectionDocument, ProjectionQuery, ProjectionStore, Storage } from '#server/storage/ports.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type ContractSubject, HOSTILE_TEXTS, newCase, newCollection, randomText, upTo } from './samples.ts'

export function registerProjectionContract(subject: ContractSubject): void {
  describe('projections', () => {
    let storage: Storage
    let projections: ProjectionStore
    beforeAll(async () => {
      storage = await subject.open()
      projections = storage.projections
    })
    /** Their cases are made up: an inspection of the same database would name them. */
    const tables: string[] = []
    function newTable(): string {
      const table = newCollection()
      tables.push(table)
      return table
    }
    afterAll(async () => {
      for (const table of tables) await projections.drop(table)
      await storage.close()
    })

    function document(commitNumber: number, overrides: Partial<ProjectionDocument> = {}): ProjectionDocument {
      const lookups = { owner: { key: 'aigul', order: commitNumber } }
      return { id: randomText(), caseId: newCase(), commitNumber, value: { at: commitNumber }, lookups, ...overrides }
    }
    const gone = (of: ProjectionDocument, commitNumber: number) => ({ ...of, commitNumber, value: undefined, lookups: {} })

    const standing = async (table: string, { id, caseId }: Pick<ProjectionDocument, 'id' | 'caseId'>) =>
      (await projections.ofCase(table, caseId)).find((each) => each.id === id)

    async function idsOf(table: string, query: Partial<ProjectionQuery> = {}): Promise<readonly string[]> {
      const asked = { lookup: 'owner', key: 'aigul', direction: 'ascending', limit: 100, ...query } as const
      return (await projections.find(table, asked)).map(({ id }) => id)
    }

    it('[STO-120] a document comes back as it went in, and is replaced only by one of a later commit, whoever comes last', async () => {
      const table = newTable()
      const value = { list: [1, 'два', null], 'odd.name': { $gt: '' } }
      const first = document(5, { value })
      await projections.put(table, [first])
      expect(await standing(table, first)).toEqual(first)
      await projections.put(table, [
        { ...first, commitNumber: 4, value: 'late' },
        { ...first, value: 'again' },
      ])
      expect(await standing(table, first)).toEqual(first)
      const later = { ...first, commitNumber: 6, value: 'newer', lookups: { owner: { key: 'pavel', order: 1 } } }
      await projections.put(table, [later])
      expect(await standing(table, first)).toEqual(later)
      expect(await idsOf(table)).toEqual([])
      expect(await idsOf(table, { key: 'pavel' })).toEqual([first.id])
      expect(await standing(newTable(), first)).toBeUndefined()
    })

    it('[STO-120] of many that are written at once the latest stays', async () => {
      const table = newTable()
      const { id, caseId } = document(1)
      const all = upTo(20).map((commitNumber) => document(commitNumber, { id, caseId }))
      await Promise.all(all.toSorted((a, b) => (a.commitNumber % 7) - (b.commitNumber % 7)).map((each) => projections.put(table, [each])))
      expect(await standing(table, { id, caseId })).toEqual(all.at(-1))
      expect(await idsOf(table)).toEqual([id])
    })

    it('[STO-121] what nothing follows from any more is found no more, and an older one does not bring it back', async () => {
      const table = newTable()
      const one = document(3)
      await projections.put(table, [one])
      await projections.put(table, [gone(one, 4)])
      await projections.put(table, [one])
      expect(await idsOf(table)).toEqual([])
      expect(await standing(table, one)).toEqual(gone(one, 4))
      expect(await projections.ofCase(table, one.caseId)).toEqual([gone(one, 4)])
      const again = { ...one, commitNumber: 5 }
      await projections.put(table, [again])
      expect(await idsOf(table)).toEqual([one.id])
    })

    it('[STO-122] documents of one key are read in their order, either way, page by page, those of one place by id', async () => {
      const table = newTable()
      const all = upTo(9).map((at) => document(1, { id: `id ${at}`, lookups: { owner: { key: 'aigul', order: Math.ceil(at / 3) } } }))
      await projections.put(table, all.toReversed())
      await projections.put(table, [document(1, { lookups: { owner: { key: 'pavel', order: 2 }, day: { key: 'aigul', order: 2 } } })])
      await projections.put(newTable(), [document(1)])
      const ids = all.map(({ id }) => id)
      for (const direction of ['ascending', 'descending'] as const) {
        const found: string[] = []
        for (let after: ProjectionQuery['after']; ; ) {
          const page = await projections.find(table, { lookup: 'owner', key: 'aigul', direction, limit: 2, ...(after && { after }) })
          found.push(...page.map(({ id }) => id))
          const last = page.at(-1)
          if (!last || page.length < 2) break
          after = { order: last.lookups.owner?.order ?? 0, id: last.id }
        }
        expect(found).toEqual(direction === 'ascending' ? ids : ids.toReversed())
      }
      expect(await idsOf(table, { lookup: 'day' })).toHaveLength(1)
      expect(await idsOf(table, { key: 'nobody' })).toEqual([])
    })

    it('[STO-123] the documents of a case are listed, and those of no other', async () => {
      const table = newTable()
      const caseId = newCase()
      const mine = ['b', 'a'].map((id) => document(1, { id, caseId, lookups: {} }))
      await projections.put(table, [...mine, document(1)])
      expect((await projections.ofCase(table, caseId)).map(({ id }) => id)).toEqual(['a', 'b'])
      expect(await projections.ofCase(table, newCase())).toEqual([])
    })

    it('[STO-124] a position is raised only from where it stands, never lowered, and listed by case', async () => {
      const table = newTable()
      const [one, two] = [newCase(), newCase()].sort() as [CaseId, CaseId] // two of them
      const raise = async (...progress: Parameters<ProjectionStore['raise']>[1]) => projections.raise(table, progress)
      expect(await raise({ caseId: one, from: 3, commitNumber: 5 }, { caseId: two, from: 0, commitNumber: 2 })).toEqual([false, true])
      expect(await raise({ caseId: one, from: 0, commitNumber: 4 })).toEqual([true])
      expect(await raise({ caseId: one, from: 4, commitNumber: 6 }, { caseId: two, from: 0, commitNumber: 1 })).toEqual([true, true])
      expect(await raise({ caseId: one, from: 9, commitNumber: 6 })).toEqual([true])
      const all = [
        { caseId: one, commitNumber: 6 },
        { caseId: two, commitNumber: 2 },
      ]
      expect(await projections.positions(table, '', 10)).toEqual(all)
      expect(await projections.positions(table, '', 1)).toEqual(all.slice(0, 1))
      expect(await projections.positions(table, one, 10)).toEqual(all.slice(1))
      const racing = upTo(10).map((commitNumber) => raise({ caseId: two, from: 0, commitNumber }))
      await Promise.all(racing)
      expect((await projections.positions(table, one, 1))[0]?.commitNumber).toBe(10)
    })

    it('[STO-125] a table is dropped with its positions, alone, and can be filled again', async () => {
      const [table, other] = [newTable(), newTable()]
      const one = document(7)
      for (const each of [table, other]) {
        await projections.put(each, [one])
        await projections.raise(each, [{ caseId: one.caseId, from: 0, commitNumber: 7 }])
      }
      expect(await projections.tables()).toEqual(expect.arrayContaining([table, other]))
      await projections.drop(table)
      await projections.drop(table)
      expect(await projections.tables()).not.toContain(table)
      expect(await standing(table, one)).toBeUndefined()
      expect(await idsOf(table)).toEqual([])
      expect(await projections.positions(table, '', 10)).toEqual([])
      expect(await idsOf(other)).toEqual([one.id])
      const older = { ...one, commitNumber: 2 }
      await projections.put(table, [older])
      expect(await standing(table, one)).toEqual(older)
    })

    it('[STO-126] hostile text is only text; objects and odd names are refused', async () => {
      const table = newTable()
      for (const text of HOSTILE_TEXTS) {
        const hostile = document(1, { id: `${text}!`, value: text, lookups: { owner: { key: text, order: 1 } } })
        expect(await idsOf(table, { key: text })).toEqual([])
        await projections.put(table, [hostile])
        expect(await standing(table, hostile)).toEqual(hostile)
        expect(await idsOf(table, { key: text })).toEqual([hostile.id])
      }
      // Casts: what a forgotten check would hand in.
      const operator = { $gt: '' } as unknown as string
      await expect(projections.ofCase(table, operator as CaseId)).rejects.toThrow()
      await expect(idsOf(table, { key: operator })).rejects.toThrow()
      await expect(idsOf(table, { lookup: 'a.b' })).rejects.toThrow()
      await expect(projections.put(table, [document(1, { id: operator })])).rejects.toThrow()
      await expect(projections.put(table, [document(0.5)])).rejects.toThrow()
      await expect(projections.put(table, [document(1, { lookups: { 'a.b': { key: '', order: 1 } } })])).rejects.toThrow()
      await expect(projections.put('no/such name', [document(1)])).rejects.toThrow()
    })
  })
}
