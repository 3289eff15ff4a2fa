import { webcrypto } from 'node:crypto'
import { serverCapability } from '#server/capability.ts'
import { recordRoutes } from './record-routes.ts'

export const jointRecord = serverCapability({
  name: 'joint-record',
  start: ({ log, readers, clock, workers, sealing, authority }) => ({
    api: undefined,
    routes: recordRoutes({ log, readers, clock, workers, sealing, authority, crypto: webcrypto.subtle }),
  }),
})
