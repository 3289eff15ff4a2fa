// What every DraftStore keeps to (docs/spec/storage.md, STO-20 to STO-28).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftEntry, DraftStore, Storage } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { bytes, type ContractSubject, entry, HOSTILE_TEXTS, newCase, upTo } from './samples.ts'

const ALL = 100_000

export function registerDraftContract(subject: ContractSubject): void {
  describe('drafts', () => {
    let storage: Storage
    let drafts: DraftStore
    beforeAll(async () => {
      storage = await subject.open()
      drafts = storage.drafts
    })
    afterAll(() => storage.close())

    /** Entries 1 to `count`; those in `marks` are no updates. */
    async function draftOf(count: number, marks: Readonly<Record<number, DraftEntry['kind']>> = {}) {
      const caseId = newCase()
      const entries = upTo(count).map((u) => entry(caseId, u, { kind: marks[u] ?? 'update' }))
      expect(await drafts.append(entries)).toEqual(entries.map(() => 'stored'))
      return { caseId, entries }
    }

    it('[STO-20] entries are answered one by one and stored as a prefix of their draft; no draft fails another', async () => {
      const { caseId, entries } = await draftOf(2)
      const other = newCase()
      const batch = [entry(caseId, 3), entry(other, 1), entry(caseId, 3), entry(caseId, 4), entry(other, 2), entry(other, 4)]
      expect(await drafts.append(batch)).toEqual(['stored', 'stored', 'taken', 'blocked', 'stored', 'blocked'])
      expect(await drafts.read(caseId, 0, ALL)).toEqual([...entries, batch[0]])
      expect(await drafts.read(other, 0, ALL)).toEqual([batch[1], batch[4]])
      expect(await drafts.append([])).toEqual([])
    })

    it('[STO-21] of entries sent at once for one number exactly one is stored', async () => {
      const { caseId } = await draftOf(1)
      const answers = await Promise.all(upTo(20).map(() => drafts.append([entry(caseId, 2)])))
      expect(answers.flat().filter((answer) => answer === 'stored')).toHaveLength(1)
      expect(answers.flat().filter((answer) => answer === 'taken')).toHaveLength(19)
    })

    it('[STO-22] a draft is read since u, ascending, so many at a time, bytes plain and unchanged', async () => {
      const { caseId, entries } = await draftOf(6, { 2: 'claim', 5: 'close', 6: 'reopen' })
      expect(await drafts.read(caseId, 0, ALL)).toEqual(entries)
      expect(await drafts.read(caseId, 2, 3)).toEqual(entries.slice(2, 5))
      expect(await drafts.read(caseId, 6, ALL)).toEqual([])
      expect(await drafts.read(newCase(), 0, ALL)).toEqual([])
      const whole = Buffer.from(bytes(90_000))
      expect(await drafts.append([entry(caseId, 7, { sealed: whole }), entry(caseId, 8, { sealed: new Uint8Array(0) })])).toEqual([
        'stored',
        'stored',
      ])
      const [last, empty] = await drafts.read(caseId, 6, ALL)
      expect(last?.sealed).toEqual(new Uint8Array(whole))
      expect(empty?.sealed).toEqual(new Uint8Array(0))
      expect(last?.sealed.constructor).toBe(Uint8Array)
    })

    it('[STO-23] marks are read apart from updates, ascending', async () => {
      const { caseId, entries } = await draftOf(6, { 2: 'claim', 5: 'close' })
      expect(await drafts.readMarks(caseId)).toEqual([entries[1], entries[4]])
    })

    it('[STO-24] compaction keeps one snapshot and all marks, and removes the updates it covers', async () => {
      const { caseId, entries } = await draftOf(6, { 2: 'claim', 4: 'claim', 6: 'close' })
      expect(await drafts.snapshot(caseId)).toBeUndefined()
      const snapshot = { caseId, u: 4, sealed: bytes(3000) }
      await drafts.compact(snapshot)
      expect(await drafts.snapshot(caseId)).toEqual(snapshot)
      expect((await drafts.snapshot(caseId))?.sealed.constructor).toBe(Uint8Array)
      expect(await drafts.read(caseId, 0, ALL)).toEqual([entries[1], entries[3], entries[4], entries[5]])
      expect(await drafts.readMarks(caseId)).toEqual([entries[1], entries[3], entries[5]])
    })

    it('[STO-25] a snapshot is replaced by a later one only', async () => {
      const { caseId, entries } = await draftOf(6)
      const later = { caseId, u: 5, sealed: bytes(10) }
      await drafts.compact({ caseId, u: 2, sealed: bytes(10) })
      await drafts.compact(later)
      await drafts.compact({ caseId, u: 5, sealed: bytes(10) })
      await drafts.compact({ caseId, u: 3, sealed: bytes(10) })
      expect(await drafts.snapshot(caseId)).toEqual(later)
      expect(await drafts.read(caseId, 0, ALL)).toEqual([entries[5]])
    })

    it('[STO-26] compaction lowers no head and frees no number', async () => {
      const { caseId } = await draftOf(5)
      await drafts.compact({ caseId, u: 5, sealed: bytes(10) })
      expect(await drafts.headOf(caseId)).toBe(5)
      expect(await drafts.append([entry(caseId, 3)])).toEqual(['taken'])
      expect(await drafts.append([entry(caseId, 5)])).toEqual(['taken'])
      expect(await drafts.append([entry(caseId, 7)])).toEqual(['blocked'])
      expect(await drafts.read(caseId, 0, ALL)).toEqual([])
      expect(await drafts.append([entry(caseId, 6)])).toEqual(['stored'])
      expect(await drafts.headOf(caseId)).toBe(6)
      expect(await drafts.headOf(newCase())).toBe(0)
    })

    it('[STO-27] hostile text is only text, and what is no text is refused without failing others', async () => {
      const { caseId } = await draftOf(2)
      const target = newCase()
      // Casts: text and objects where ids belong, as if a schema had let them through.
      const written = HOSTILE_TEXTS.map((text, i) => entry(target, i + 1, { by: text as By }))
      expect(await drafts.append(written)).toEqual(written.map(() => 'stored'))
      expect(await drafts.read(target, 0, ALL)).toEqual(written)
      for (const text of HOSTILE_TEXTS) {
        expect(await drafts.read(asId<CaseId>(text), 0, ALL)).toEqual([])
        expect(await drafts.snapshot(asId<CaseId>(text))).toBeUndefined()
      }
      const operator = { $gt: '' } as unknown as CaseId
      const batch = [entry(operator, 1), entry(caseId, 3), entry(target, written.length + 1, { sealed: 'no' as unknown as Uint8Array })]
      expect(await drafts.append(batch)).toEqual(['unstorable', 'stored', 'unstorable'])
      await expect(drafts.read(operator, 0, ALL)).rejects.toThrow()
      await expect(drafts.snapshot(operator)).rejects.toThrow()
    })

    it('[STO-28] five hundred entries in one batch are all stored', async () => {
      const { caseId, entries } = await draftOf(500)
      expect(await drafts.read(caseId, 0, ALL)).toEqual(entries)
    })
  })
}
