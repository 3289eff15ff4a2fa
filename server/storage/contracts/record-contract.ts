// What every RecordStore keeps to (docs/spec/storage.md, STO-50 to STO-58).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordStore, Storage } from '#server/storage/ports.ts'
import { cleanText, printableCodePoints } from '#shared/kernel/text/clean-text.ts'
import { type ContractSubject, HOSTILE_TEXTS, newCollection, randomText, upTo } from './samples.ts'

interface Account {
  readonly name: string
}

export function registerRecordContract(subject: ContractSubject): void {
  describe('records', () => {
    let storage: Storage
    let records: RecordStore
    beforeAll(async () => {
      storage = await subject.open()
      records = storage.records
    })
    afterAll(() => storage.close())

    it('[STO-50] a value comes back as JSON says it, whatever its fields are called', async () => {
      const collection = newCollection()
      const value = {
        $set: { a: 1 },
        'dotted.name': [null, true, -0.5, 1e21, ''],
        empty: {},
        none: [],
        nul: 'a\0b',
        text: HOSTILE_TEXTS,
        constructor: 'x',
        deep: { when: '2026-11-22T00:00:00Z', big: Number.MAX_SAFE_INTEGER },
      }
      expect(await records.insert(collection, 'one', value)).toBe('stored')
      expect(await records.get(collection, 'one')).toEqual({ id: 'one', version: 1, value })
      expect(await records.insert(collection, 'two', 'just text')).toBe('stored')
      expect((await records.get(collection, 'two'))?.value).toBe('just text')
      expect(await records.get(collection, 'three')).toBeUndefined()
    })

    it('[CHR-9] every letter that a field lets through comes back as it was, in a value and as a key', async () => {
      const collection = newCollection()
      const names = printableCodePoints().map((code) => String.fromCodePoint(code))
      const spoken = ['❤️ 👨‍👩‍👧 🇰🇿 1️⃣ 👍🏽', '北京公司 مرحبا हिन्दी שָׁלוֹם', 'за\u0301мок', 'строка\nи\u00a0ещё\tодна', '\u{1f9ff}\u{20000}']
      const value = { text: names.join(''), names, spoken }
      expect(await records.insert(collection, 'one', value, { unique: { name: value.text }, index: { said: spoken.join('') } })).toBe(
        'stored',
      )
      expect((await records.findUnique(collection, 'name', value.text))?.value).toEqual(value)
      expect((await records.find(collection, 'said', spoken.join('')))[0]?.value).toEqual(value)
      expect(spoken.map((text) => cleanText('message', text))).toEqual(spoken.map((text) => text.normalize('NFC')))
    })

    it('[STO-51] an id is taken once in a collection, and is free in another', async () => {
      const [collection, other] = [newCollection(), newCollection()]
      expect(await records.insert(collection, 'id', 1)).toBe('stored')
      expect(await records.insert(collection, 'id', 2)).toBe('taken')
      expect(await records.insert(other, 'id', 3)).toBe('stored')
      expect((await records.get(collection, 'id'))?.value).toBe(1)
    })

    it('[STO-52] a unique key belongs to one record, and is found by name and value', async () => {
      const collection = newCollection()
      const email = 'aigul@example.kz'
      expect(await records.insert(collection, 'a', { name: 'a' }, { unique: { email, code: '1' } })).toBe('stored')
      expect(await records.insert(collection, 'b', { name: 'b' }, { unique: { email } })).toBe('taken')
      expect(await records.get(collection, 'b')).toBeUndefined()
      expect(await records.insert(collection, 'b', { name: 'b' }, { unique: { code: email } })).toBe('stored')
      expect(await records.insert(newCollection(), 'b', { name: 'b' }, { unique: { email } })).toBe('stored')
      expect((await records.findUnique<Account>(collection, 'email', email))?.value.name).toBe('a')
      expect(await records.findUnique(collection, 'email', '1')).toBeUndefined()
      expect(await records.findUnique(newCollection(), 'email', email)).toBeUndefined()
    })

    it('[STO-53] records without keys do not stand in each other’s way', async () => {
      const collection = newCollection()
      for (const keys of [undefined, {}, { unique: {} }, { index: {} }, { unique: {}, index: {} }]) {
        expect(await records.insert(collection, randomText(), 1, keys)).toBe('stored')
        expect(await records.insert(collection, randomText(), 1, keys)).toBe('stored')
      }
    })

    it('[STO-54] records are found by an indexed key, by id ascending, so many at most', async () => {
      const collection = newCollection()
      for (const id of ['c', 'a', 'b', 'z'])
        await records.insert(collection, id, { id }, { index: { owner: id === 'z' ? 'x' : 'me', kind: 'k' } })
      expect((await records.find(collection, 'owner', 'me')).map((one) => one.id)).toEqual(['a', 'b', 'c'])
      expect((await records.find(collection, 'owner', 'me', 2)).map((one) => one.id)).toEqual(['a', 'b'])
      expect(await records.find(collection, 'kind', 'me')).toEqual([])
      expect(await records.find(newCollection(), 'owner', 'me')).toEqual([])
      expect((await records.all(collection)).map((one) => one.id)).toEqual(['a', 'b', 'c', 'z'])
      expect((await records.all(collection, 3)).map((one) => one.id)).toEqual(['a', 'b', 'c'])
    })

    it('[STO-55] a record is replaced only at the version that was read', async () => {
      const collection = newCollection()
      await records.insert(collection, 'id', 'one')
      expect(await records.replace(collection, 'id', 1, 'two')).toBe('stored')
      expect(await records.replace(collection, 'id', 1, 'three')).toBe('stale')
      expect(await records.replace(collection, 'none', 1, 'three')).toBe('stale')
      expect(await records.get(collection, 'id')).toEqual({ id: 'id', version: 2, value: 'two' })
      const answers = await Promise.all(upTo(10).map((i) => records.replace(collection, 'id', 2, i)))
      expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1)
    })

    it('[STO-56] replacing replaces the keys too, and never takes another record’s unique key', async () => {
      const collection = newCollection()
      await records.insert(collection, 'a', 1, { unique: { email: 'a' }, index: { owner: 'x' } })
      await records.insert(collection, 'b', 1, { unique: { email: 'b' } })
      expect(await records.replace(collection, 'a', 1, 2, { unique: { email: 'b' } })).toBe('taken')
      expect(await records.get(collection, 'a')).toEqual({ id: 'a', version: 1, value: 1 })
      expect(await records.replace(collection, 'a', 1, 2, { unique: { email: 'a' }, index: { owner: 'y' } })).toBe('stored')
      expect(await records.find(collection, 'owner', 'x')).toEqual([])
      expect((await records.find(collection, 'owner', 'y')).map((one) => one.id)).toEqual(['a'])
      expect(await records.replace(collection, 'a', 2, 3)).toBe('stored')
      expect(await records.findUnique(collection, 'email', 'a')).toBeUndefined()
      expect(await records.replace(collection, 'b', 1, 2, { unique: { email: 'a' } })).toBe('stored')
    })

    it('[STO-57] a removed record is gone with its keys; removing what is not there is harmless', async () => {
      const collection = newCollection()
      const keys = { unique: { email: 'a' }, index: { owner: 'x' } }
      await records.insert(collection, 'a', 1, keys)
      await records.remove(collection, 'a')
      await records.remove(collection, 'a')
      expect(await records.get(collection, 'a')).toBeUndefined()
      expect(await records.findUnique(collection, 'email', 'a')).toBeUndefined()
      expect(await records.find(collection, 'owner', 'x')).toEqual([])
      expect(await records.insert(collection, 'b', 1, keys)).toBe('stored')
    })

    it('[STO-57] a record that has been replaced since it was read is not removed', async () => {
      const collection = newCollection()
      await records.insert(collection, 'a', 1)
      await records.replace(collection, 'a', 1, 2)
      await records.remove(collection, 'a', 1)
      expect((await records.get(collection, 'a'))?.value).toBe(2)
      await records.remove(collection, 'a', 2)
      expect(await records.get(collection, 'a')).toBeUndefined()
    })

    it('[STO-58] hostile text in ids and keys is only text; objects and odd names are refused', async () => {
      const collection = newCollection()
      await records.insert(collection, 'bystander', 1, { unique: { email: 'bystander' }, index: { owner: 'bystander' } })
      for (const text of HOSTILE_TEXTS) {
        expect(await records.get(collection, text)).toBeUndefined()
        expect(await records.findUnique(collection, 'email', text)).toBeUndefined()
        expect(await records.find(collection, 'owner', text)).toEqual([])
        expect(await records.insert(collection, text, text, { unique: { email: text }, index: { owner: text } })).toBe('stored')
        const expected = { id: text, version: 1, value: text }
        expect(await records.get(collection, text)).toEqual(expected)
        expect(await records.findUnique(collection, 'email', text)).toEqual(expected)
        expect(await records.find(collection, 'owner', text)).toEqual([expected])
        expect(await records.replace(collection, text, 1, 'new')).toBe('stored')
        await records.remove(collection, text)
      }
      expect(await records.all(collection)).toHaveLength(1)
      // Casts: what a forgotten check would hand in.
      const operator = { $gt: '' } as unknown as string
      await expect(records.get(collection, operator)).rejects.toThrow()
      await expect(records.findUnique(collection, 'email', operator)).rejects.toThrow()
      await expect(records.find(collection, 'owner', operator)).rejects.toThrow()
      await expect(records.insert(collection, operator, 1)).rejects.toThrow()
      await expect(records.insert(collection, 'x', 1, { unique: { email: operator } })).rejects.toThrow()
      await expect(records.insert(collection, 'x', 1, { unique: { 'a.b': 'x' } })).rejects.toThrow()
      await expect(records.insert('no/such name', 'x', 1)).rejects.toThrow()
      await expect(records.insert(collection, 'x', undefined)).rejects.toThrow()
      await expect(records.remove(collection, operator)).rejects.toThrow()
      expect(await records.get(collection, 'x')).toBeUndefined()
    })
  })
}
