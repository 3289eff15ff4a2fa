// What every DraftStore keeps to (docs/spec/storage.md, STO-20 to STO-28, STO-34 to STO-36).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftEntry, DraftStore, Storage } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import { asId, type CaseId, type DocumentId } from '#shared/kernel/ids.ts'
import { bytes, type ContractSubject, entry, HOSTILE_TEXTS, newCase, newDocument, upTo } from './samples.ts'

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
      const place = newDocument()
      const entries = upTo(count).map((revision) => entry(place, revision, { kind: marks[revision] ?? 'update' }))
      expect(await drafts.append(entries)).toEqual(entries.map(() => 'stored'))
      return { place, entries }
    }

    it('[STO-20] entries are answered one by one and stored as a prefix of their draft; no draft fails another', async () => {
      const { place, entries } = await draftOf(2)
      const other = newDocument()
      const batch = [entry(place, 3), entry(other, 1), entry(place, 3), entry(place, 4), entry(other, 2), entry(other, 4)]
      expect(await drafts.append(batch)).toEqual(['stored', 'stored', 'taken', 'blocked', 'stored', 'blocked'])
      expect(await drafts.read(place, 0, ALL)).toEqual([...entries, batch[0]])
      expect(await drafts.read(other, 0, ALL)).toEqual([batch[1], batch[4]])
      expect(await drafts.append([])).toEqual([])
    })

    it('[STO-21] of entries sent at once for one number exactly one is stored', async () => {
      const { place } = await draftOf(1)
      const answers = await Promise.all(upTo(20).map(() => drafts.append([entry(place, 2)])))
      expect(answers.flat().filter((answer) => answer === 'stored')).toHaveLength(1)
      expect(answers.flat().filter((answer) => answer === 'taken')).toHaveLength(19)
    })

    it('[STO-22] a draft is read since a revision, ascending, so many at a time, bytes plain and unchanged', async () => {
      const { place, entries } = await draftOf(6, { 2: 'claim', 5: 'close', 6: 'reopen' })
      expect(await drafts.read(place, 0, ALL)).toEqual(entries)
      expect(await drafts.read(place, 2, 3)).toEqual(entries.slice(2, 5))
      expect(await drafts.read(place, 6, ALL)).toEqual([])
      expect(await drafts.read(newDocument(), 0, ALL)).toEqual([])
      const whole = Buffer.from(bytes(90_000))
      expect(await drafts.append([entry(place, 7, { encrypted: whole }), entry(place, 8, { encrypted: new Uint8Array(0) })])).toEqual([
        'stored',
        'stored',
      ])
      const [last, empty] = await drafts.read(place, 6, ALL)
      expect(last?.encrypted).toEqual(new Uint8Array(whole))
      expect(empty?.encrypted).toEqual(new Uint8Array(0))
      expect(last?.encrypted.constructor).toBe(Uint8Array)
    })

    it('[STO-23] marks are read apart from updates, ascending', async () => {
      const { place, entries } = await draftOf(6, { 2: 'claim', 3: 'save', 5: 'close' })
      expect(await drafts.readMarks(place)).toEqual([entries[1], entries[2], entries[4]])
    })

    it('[STO-24] compaction keeps one snapshot and all marks, and removes the updates it covers', async () => {
      const { place, entries } = await draftOf(6, { 2: 'claim', 4: 'claim', 6: 'close' })
      expect(await drafts.snapshot(place)).toBeUndefined()
      const snapshot = { ...place, revision: 4, epoch: 1, encrypted: bytes(3000) }
      await drafts.compact(snapshot)
      expect(await drafts.snapshot(place)).toEqual(snapshot)
      expect((await drafts.snapshot(place))?.encrypted.constructor).toBe(Uint8Array)
      expect(await drafts.read(place, 0, ALL)).toEqual([entries[1], entries[3], entries[4], entries[5]])
      expect(await drafts.readMarks(place)).toEqual([entries[1], entries[3], entries[5]])
    })

    it('[STO-25] a snapshot is replaced by a later one only', async () => {
      const { place, entries } = await draftOf(6)
      const later = { ...place, revision: 5, epoch: 1, encrypted: bytes(10) }
      await drafts.compact({ ...place, revision: 2, epoch: 1, encrypted: bytes(10) })
      await drafts.compact(later)
      await drafts.compact({ ...place, revision: 5, epoch: 1, encrypted: bytes(10) })
      await drafts.compact({ ...place, revision: 3, epoch: 1, encrypted: bytes(10) })
      expect(await drafts.snapshot(place)).toEqual(later)
      expect(await drafts.read(place, 0, ALL)).toEqual([entries[5]])
    })

    it('[STO-26] compaction lowers no head and frees no number', async () => {
      const { place } = await draftOf(5)
      await drafts.compact({ ...place, revision: 5, epoch: 1, encrypted: bytes(10) })
      expect(await drafts.headOf(place)).toBe(5)
      expect(await drafts.append([entry(place, 3)])).toEqual(['taken'])
      expect(await drafts.append([entry(place, 5)])).toEqual(['taken'])
      expect(await drafts.append([entry(place, 7)])).toEqual(['blocked'])
      expect(await drafts.read(place, 0, ALL)).toEqual([])
      expect(await drafts.append([entry(place, 6)])).toEqual(['stored'])
      expect(await drafts.headOf(place)).toBe(6)
      expect(await drafts.headOf(newDocument())).toBe(0)
    })

    it('[STO-27] hostile text is only text, and what is no text is refused without failing others', async () => {
      const { place } = await draftOf(2)
      const target = newDocument()
      // Casts: text and objects where ids belong, as if a schema had let them through.
      const written = HOSTILE_TEXTS.map((text, i) => entry(target, i + 1, { by: text as By }))
      expect(await drafts.append(written)).toEqual(written.map(() => 'stored'))
      expect(await drafts.read(target, 0, ALL)).toEqual(written)
      for (const text of HOSTILE_TEXTS) {
        for (const aside of [
          { ...place, caseId: asId<CaseId>(text) },
          { ...place, documentId: asId<DocumentId>(text) },
        ]) {
          expect(await drafts.read(aside, 0, ALL)).toEqual([])
          expect(await drafts.snapshot(aside)).toBeUndefined()
          expect(await drafts.archived(aside)).toEqual([])
        }
      }
      const operator = { ...place, documentId: { $gt: '' } as unknown as DocumentId }
      const batch = [entry(operator, 1), entry(place, 3), entry(target, written.length + 1, { encrypted: 'no' as unknown as Uint8Array })]
      expect(await drafts.append(batch)).toEqual(['unstorable', 'stored', 'unstorable'])
      await expect(drafts.read(operator, 0, ALL)).rejects.toThrow()
      await expect(drafts.snapshot(operator)).rejects.toThrow()
    })

    it('[STO-34] documents of one case, and one id in two cases, have sequences of their own', async () => {
      const one = newDocument()
      const beside = newDocument(one.caseId)
      const elsewhere = { ...one, caseId: newCase() }
      const batch = [entry(one, 1), entry(beside, 1), entry(elsewhere, 1), entry(one, 2), entry(beside, 3)]
      expect(await drafts.append(batch)).toEqual(['stored', 'stored', 'stored', 'stored', 'blocked'])
      expect(await drafts.read(one, 0, ALL)).toEqual([batch[0], batch[3]])
      expect(await drafts.read(beside, 0, ALL)).toEqual([batch[1]])
      await drafts.compact({ ...one, revision: 2, epoch: 1, encrypted: bytes(10) })
      expect(await Promise.all([one, beside, elsewhere].map((each) => drafts.headOf(each)))).toEqual([2, 1, 1])
      expect(await drafts.read(elsewhere, 0, ALL)).toEqual([batch[2]])
      expect(await drafts.documentsOf(one.caseId)).toEqual([one.documentId, beside.documentId].sort())
      expect(await drafts.documentsOf(newCase())).toEqual([])
    })

    it('[STO-35] the links of a chain come back as they went in; those of old entries stay missing', async () => {
      const place = newDocument()
      const entries = [entry(place, 1, { epoch: 0, previous: undefined, hash: undefined }), entry(place, 2, { epoch: 7 })]
      await drafts.append(entries)
      const read = await drafts.read(place, 0, ALL)
      expect(read).toEqual(entries)
      expect(read[1]?.hash?.constructor).toBe(Uint8Array)
    })

    it('[STO-36] a copy that is kept outlives compaction, the first under a name stays, and it goes only when it is removed', async () => {
      const { place } = await draftOf(6)
      const other = newDocument(place.caseId)
      const copies = ['text-4', 'old-2', ...HOSTILE_TEXTS].map((name) => ({ ...place, name, epoch: 1, encrypted: bytes(30) }))
      for (const copy of copies) await drafts.archive(copy)
      const [first, second] = copies
      await drafts.archive({ ...place, name: 'text-4', epoch: 2, encrypted: bytes(30) })
      await drafts.compact({ ...place, revision: 6, epoch: 1, encrypted: bytes(10) })
      expect([...(await drafts.archived(place))].sort()).toEqual(copies.map(({ name }) => name).sort())
      expect(await drafts.archivedCopy(place, 'text-4')).toEqual(first)
      expect((await drafts.archivedCopy(place, 'text-4'))?.encrypted.constructor).toBe(Uint8Array)
      expect(await drafts.archivedCopy(place, 'text-5')).toBeUndefined()
      expect(await drafts.archivedCopy(other, 'text-4')).toBeUndefined()
      expect(await drafts.archived(other)).toEqual([])
      expect(await drafts.headOf(place)).toBe(6)
      await drafts.archive({ ...other, name: 'text-4', epoch: 1, encrypted: bytes(3) })
      await drafts.removeArchived(place, ['text-4', 'text-5', ...HOSTILE_TEXTS])
      expect(await drafts.archived(place)).toEqual(['old-2'])
      expect(await drafts.archivedCopy(place, 'old-2')).toEqual(second)
      expect(await drafts.archived(other)).toEqual(['text-4'])
      await expect(drafts.archive({ ...place, name: 'no', epoch: 1, encrypted: 'no' as unknown as Uint8Array })).rejects.toThrow()
    })

    it('[STO-28] five hundred entries in one batch are all stored', async () => {
      const { place, entries } = await draftOf(500)
      expect(await drafts.read(place, 0, ALL)).toEqual(entries)
    })
  })
}
