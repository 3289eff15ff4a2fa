// Chooses the storage: MongoDB when its address is given, else the embedded database in the data folder.
import type { Storage } from './ports.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'
import type { Upgrading } from './sqlite/upgrade-backup.ts'

export interface StorageConfig {
  readonly mongoUri?: string
  /** Where the wrapped keys rest, apart from the data; by default a database of its own beside it. */
  readonly mongoKeysUri?: string
  readonly dataFolder: string
  /** The server's own start; tools that look at data leave it out, and change no version. */
  readonly starting?: Upgrading
}

export async function openStorage(config: StorageConfig): Promise<Storage> {
  if (config.mongoUri === undefined) {
    return openSqlite({ folder: config.dataFolder }, config.starting ? { starting: config.starting } : {})
  }
  // Thirty megabytes of driver that the embedded storage never needs.
  const { openMongo } = await import('./mongo/open-mongo.ts')
  return openMongo({ uri: config.mongoUri, ...(config.mongoKeysUri === undefined ? {} : { keysUri: config.mongoKeysUri }) })
}
