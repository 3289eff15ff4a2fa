import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'
import { afterEach, describe, expect, it } from 'vitest'
import { bytes, commit, newCase } from '#server/storage/contracts/samples.ts'
import { openMongo } from './open-mongo.ts'

const uri = process.env.TEST_MONGODB_URI
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

describe.skipIf(!uri)('commits of an earlier release', () => {
  it('[VOC-6] get today’s names, whole; what a killed start left undone is done by the next', async () => {
    const place = new URL(uri ?? '')
    place.pathname = `/bitim-names-${randomBytes(6).toString('hex')}`
    const first = await openMongo({ uri: place.href })
    const caseId = newCase()
    const written = [1, 2, 3].map((number) => commit(caseId, number))
    expect(await first.log.append(written)).toEqual(['stored', 'stored', 'stored'])
    const format = await first.records.get<{ format: number }>('installation', 'format')
    await first.records.replace('installation', 'format', format?.version ?? 0, { format: 2 })
    await first.close()

    const connection = await mongoose.createConnection(place.href).asPromise()
    cleanups.push(() => connection.dropDatabase().then(() => connection.close()))
    const commits = connection.collection('log_commits')
    await commits.dropIndexes()
    // As 2.1 wrote them, but for the last: a start that was killed had come so far.
    for (const { _id, commitNumber, events, ...same } of await commits.find().sort({ commitNumber: 1 }).limit(2).toArray()) {
      const old = events.map(({ seq, encryptedBody, ...rest }: Record<string, unknown>) => ({ ...rest, m: seq, sealedBody: encryptedBody }))
      await commits.replaceOne({ _id }, { ...same, n: commitNumber, events: old })
    }
    await commits.createIndex({ caseId: 1, n: 1 }, { unique: true, sparse: true, name: 'caseId_1_n_1' })

    const again = await openMongo({ uri: place.href })
    cleanups.push(() => again.close())
    expect(await again.log.readCase(caseId, 0, 10)).toEqual(written)
    expect(await again.log.append([commit(caseId, 3, { commandMac: bytes(32) })])).toEqual(['taken'])
    expect((await commits.indexes()).map(({ name }) => name)).not.toContain('caseId_1_n_1')
  })
})
