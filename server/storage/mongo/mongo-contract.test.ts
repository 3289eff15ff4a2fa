import { randomBytes } from 'node:crypto'
import { describe } from 'vitest'
import { registerStorageContract } from '#server/storage/contracts/storage-contract.ts'
import { openMongo } from './open-mongo.ts'

const uri = process.env.TEST_MONGODB_URI

// One database for the run: the suites share it, as servers do.
describe.runIf(uri)('MongoDB', () => {
  const place = new URL(uri ?? 'mongodb://localhost/')
  place.pathname = `/bitim-test-${randomBytes(6).toString('hex')}`
  registerStorageContract({ open: () => openMongo({ uri: place.href }) })
})
