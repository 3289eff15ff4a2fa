import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'
import { afterEach, describe, expect, it } from 'vitest'
import { newCase } from '#server/storage/contracts/samples.ts'
import type { ProjectionDocument, Storage } from '#server/storage/ports.ts'
import { openMongo } from './open-mongo.ts'
import { PROJECTED } from './projection-store.ts'

const uri = process.env.TEST_MONGODB_URI
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

describe.skipIf(!uri)('projections in MongoDB', () => {
  it('[STO-190] a table that another server has dropped has its indexes again with the next document', async () => {
    const place = new URL(uri ?? '')
    place.pathname = `/bitim-projected-${randomBytes(6).toString('hex')}`
    const connection = await mongoose.createConnection(place.href).asPromise()
    cleanups.push(() => connection.dropDatabase().then(() => connection.close()))
    const open = async (): Promise<Storage> => {
      const storage = await openMongo({ uri: place.href })
      cleanups.push(storage.close)
      return storage
    }
    const [writing, rebuilding] = [await open(), await open()]
    const document = (id: string): ProjectionDocument => {
      const lookups = { owner: { key: 'aigul', order: 1 }, day: { key: 'monday', order: 2 } }
      return { id, caseId: newCase(), commitNumber: 1, value: { id }, lookups }
    }
    const indexed = async () => (await connection.collection(`${PROJECTED}lines`).indexes()).map(({ name }) => name).sort()
    await writing.projections.put('lines', [document('a')])
    const before = await indexed()
    expect(before).toHaveLength(4)
    await rebuilding.projections.drop('lines')
    await writing.projections.put('lines', [document('b')])
    expect(await indexed()).toEqual(before)
  })
})
