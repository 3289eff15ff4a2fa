import { describe, expect, it } from 'vitest'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { registerProjectionContract } from './contracts/projection-contract.ts'
import { newCase } from './contracts/samples.ts'
import { encryptProjections } from './encrypted-projections.ts'
import type { ProjectionDocument } from './ports.ts'

const entropy = seededEntropy('projections')
const masterKey = new Uint8Array(32).fill(3)

describe('encrypted projections', () => {
  registerProjectionContract({
    open: async () => {
      const storage = memoryStorage()
      return { ...storage, projections: encryptProjections(storage.projections, { keys: storage.keys, masterKey, entropy }) }
    },
  })

  const aigul: ProjectionDocument = {
    id: 'one',
    caseId: newCase(),
    commitNumber: 3,
    value: { name: 'Айгүл' },
    lookups: { owner: { key: 'aigul@example.kz', order: 7 } },
  }

  it('[STO-127] rest as nothing that could be read or guessed without the key, but their order', async () => {
    const storage = memoryStorage()
    const projections = encryptProjections(storage.projections, { keys: storage.keys, masterKey, entropy })
    await projections.put('people', [aigul])
    const [resting] = await storage.projections.ofCase('people', aigul.caseId)
    expect(JSON.stringify(resting)).not.toMatch(/Айгүл|example|name/)
    expect(resting?.lookups.owner?.order).toBe(7)
    const asked = { lookup: 'owner', key: 'aigul@example.kz', direction: 'ascending', limit: 9 } as const
    expect(await storage.projections.find('people', asked)).toEqual([])
    expect(await projections.find('people', asked)).toEqual([aigul])
    const later = encryptProjections(storage.projections, { keys: storage.keys, masterKey, entropy: seededEntropy('after a restart') })
    expect(await later.ofCase('people', aigul.caseId)).toEqual([aigul])
    const wrong = encryptProjections(storage.projections, { keys: storage.keys, masterKey: new Uint8Array(32), entropy })
    await expect(wrong.ofCase('people', aigul.caseId)).rejects.toThrow()
    await storage.close()
  })

  it.each<[string, Partial<ProjectionDocument>, string]>([
    ['under another id', { id: 'two' }, 'people'],
    ['of another commit', { commitNumber: 4 }, 'people'],
    ['of another case', { id: 'one', caseId: newCase(), commitNumber: 9 }, 'people'],
    ['in another table', {}, 'others'],
    ['with another order', { commitNumber: 3, lookups: { owner: { key: 'x', order: 8 } } }, 'lookups'],
  ])('[STO-127] a document that was put %s does not open', async (_what, change, table) => {
    const storage = memoryStorage()
    const projections = encryptProjections(storage.projections, { keys: storage.keys, masterKey, entropy })
    await projections.put('people', [aigul])
    const [resting] = await storage.projections.ofCase('people', aigul.caseId)
    if (!resting) throw new Error('it was put there')
    await storage.projections.drop('people')
    const moved = { ...resting, ...change }
    const place = table === 'lookups' ? 'people' : table
    await storage.projections.put(place, [moved])
    await expect(projections.ofCase(place, moved.caseId)).rejects.toThrow()
    await storage.close()
  })
})
