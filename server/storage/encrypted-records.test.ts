import { describe, expect, it } from 'vitest'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { registerRecordContract } from './contracts/record-contract.ts'
import { encryptRecords } from './encrypted-records.ts'

const entropy = seededEntropy('records')
const masterKey = new Uint8Array(32).fill(3)

describe('encrypted records', () => {
  registerRecordContract({
    open: async () => {
      const storage = memoryStorage()
      return { ...storage, records: encryptRecords(storage.records, { keys: storage.keys, masterKey, entropy }) }
    },
  })

  it('[STO-95] rest as nothing that could be read or guessed without the key, bound to their place', async () => {
    const storage = memoryStorage()
    const records = encryptRecords(storage.records, { keys: storage.keys, masterKey, entropy })
    const keys = { unique: { email: 'aigul@example.kz' }, index: { name: 'Айгүл' } }
    await records.insert('people', 'one', { name: 'Айгүл', phone: '+77010004112' }, keys)
    await records.insert('people', 'two', { name: 'Павел' })
    const resting = JSON.stringify(await storage.records.all('people'))
    expect(resting).not.toMatch(/Айгүл|7701|example|phone|name/)
    expect(await storage.records.findUnique('people', 'email', 'aigul@example.kz')).toBeUndefined()
    expect((await records.findUnique<{ name: string }>('people', 'email', 'aigul@example.kz'))?.value.name).toBe('Айгүл')
    const one = await storage.records.get('people', 'one')
    await storage.records.replace('people', 'two', 1, one?.value)
    await expect(records.get('people', 'two')).rejects.toThrow()
    const later = encryptRecords(storage.records, { keys: storage.keys, masterKey, entropy: seededEntropy('after a restart') })
    expect((await later.get('people', 'one'))?.value).toMatchObject({ phone: '+77010004112' })
    const wrong = encryptRecords(storage.records, { keys: storage.keys, masterKey: new Uint8Array(32), entropy })
    await expect(wrong.get('people', 'one')).rejects.toThrow()
    await storage.close()
  })

  it('[STO-104] an earlier value does not open under a later version, nor a later one under an earlier, nor with other keys', async () => {
    const storage = memoryStorage()
    const records = encryptRecords(storage.records, { keys: storage.keys, masterKey, entropy })
    await records.insert('codes', 'one', { tries: 0 }, { index: { case: 'a' } })
    const first = (await storage.records.get('codes', 'one'))?.value
    await records.replace('codes', 'one', 1, { tries: 1 }, { index: { case: 'a' } })
    const second = await storage.records.get('codes', 'one')
    await storage.inspection.rewriteRecord({ collection: 'codes', id: 'one', version: 2 }, first)
    await expect(records.get('codes', 'one')).rejects.toThrow()
    await expect(records.find('codes', 'case', 'a')).rejects.toThrow()
    await storage.records.remove('codes', 'one')
    await storage.records.insert('codes', 'one', second?.value)
    await expect(records.get('codes', 'one')).rejects.toThrow()
    await storage.records.replace('codes', 'one', 1, { ...(second?.value as object), keys: 'others' })
    await expect(records.get('codes', 'one')).rejects.toThrow()
    await storage.records.replace('codes', 'one', 2, second?.value)
    await expect(records.get('codes', 'one')).rejects.toThrow() // at version 3
    await storage.close()
  })
})
