// Chooses the storage: MongoDB when its address is given, else the embedded database in the data folder.
import type { Storage } from './ports.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'

export interface StorageConfig {
  readonly mongoUri?: string
  /** Where the wrapped keys rest, apart from the data; by default a database of its own beside it. */
  readonly mongoKeysUri?: string
  readonly dataFolder: string
}

export async function openStorage(config: StorageConfig): Promise<Storage> {
  if (config.mongoUri === undefined) return openSqlite({ folder: config.dataFolder })
  // Thirty megabytes of driver that the embedded storage never needs.
  const { openMongo } = await import('./mongo/open-mongo.ts')
  return openMongo({ uri: config.mongoUri, ...(config.mongoKeysUri === undefined ? {} : { keysUri: config.mongoKeysUri }) })
}
