import { describe, expect, it } from 'vitest'
import { bytes, newCase, newDocument, newPerson } from '#server/storage/contracts/samples.ts'
import { asId, type DocumentId } from '#shared/kernel/ids.ts'
import { createCommitGate } from './commit-gate.ts'
import { openDatabase } from './database.ts'
import { createSqliteDraftStore } from './draft-store.ts'
import { DATA_STEPS, upgradeSchema } from './schema.ts'

const OF_2_1 = DATA_STEPS.slice(0, 2)

describe('drafts of release 2.1', () => {
  it('[STO-37] become the settlements of their cases, byte for byte, with number, snapshot and marks', async () => {
    const database = openDatabase(':memory:')
    upgradeSchema(database, OF_2_1, 0)
    const [one, two, by] = [newCase(), newCase(), newPerson()]
    const insertDraft = database.prepare('INSERT INTO draft (d, case_id, snapshot_u, snapshot) VALUES (?, ?, ?, ?)')
    const insertEntry = database.prepare('INSERT INTO draft_entry (d, u, kind, by, at, sealed) VALUES (?, ?, ?, ?, ?, ?)')
    const snapshot = bytes(400)
    insertDraft.run([1, one, 3, snapshot])
    insertDraft.run([7, two, 0, null])
    const kept = [
      { d: 1, u: 2, kind: 'claim', encrypted: bytes(9) },
      { d: 1, u: 4, kind: 'update', encrypted: bytes(90) },
      { d: 7, u: 1, kind: 'update', encrypted: bytes(50) },
    ]
    for (const { d, u, kind, encrypted } of kept) insertEntry.run([d, u, kind, by, 1_792_000_000_123, encrypted])
    upgradeSchema(database, DATA_STEPS, OF_2_1.length)

    const drafts = createSqliteDraftStore(
      database,
      createCommitGate(database, (run) => void setImmediate(run)),
    )
    const settlement = (caseId: typeof one) => ({ caseId, documentId: asId<DocumentId>(caseId) })
    const old = { by, at: 1_792_000_000_123, epoch: 0, previous: undefined, hash: undefined }
    const entries = kept.map(({ d, u: revision, ...rest }) => ({ revision, ...settlement(d === 1 ? one : two), ...old, ...rest }))
    expect(await drafts.read(settlement(one), 0, 100)).toEqual(entries.slice(0, 2))
    expect(await drafts.read(settlement(two), 0, 100)).toEqual(entries.slice(2))
    expect(await drafts.readMarks(settlement(one))).toEqual(entries.slice(0, 1))
    expect(await drafts.snapshot(settlement(one))).toEqual({ ...settlement(one), revision: 3, epoch: 0, encrypted: snapshot })
    expect(await drafts.snapshot(settlement(two))).toBeUndefined()
    expect([await drafts.headOf(settlement(one)), await drafts.headOf(settlement(two))]).toEqual([4, 1])
    expect(await drafts.headOf(newDocument(one))).toBe(0)
    expect(database.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'draft%'").all([])).toEqual([])
    database.close()
  })
})
