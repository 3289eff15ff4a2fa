// Copies of an installation with embedded storage, and the way back. Data and keys are never copied together:
// whoever holds both holds everything, and a key that was destroyed would live on in the copy.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { takeAsItIs } from '#server/storage/checkpoint/take-as-it-is.ts'
import { openStorage, type StorageConfig } from '#server/storage/open.ts'
import { backupSqlite } from '#server/storage/sqlite/backup.ts'
import { copyDatabase } from '#server/storage/sqlite/database.ts'
import { dataFile, openSqlite } from '#server/storage/sqlite/open-sqlite.ts'

/** What the person at the terminal must mend. */
export class CopyFault extends Error {
  override readonly name = 'CopyFault'
}

const KEY_DATABASE = 'keys.db'
const KEY_FILES = ['master.key', 'master.check', 'token.key', 'authority.key', 'sealing.key']

/** One file, of one moment, while the server runs. */
export async function copyData({ folder, to }: { folder: string; to: string }): Promise<void> {
  if (!existsSync(dataFile(folder))) throw new CopyFault(`There is no data in ${folder}: set DATA_FOLDER.`)
  if (existsSync(to)) throw new CopyFault(`${to} exists already; a backup overwrites nothing.`)
  await backupSqlite({ folder, to })
}

/** A folder with the wrapped audience keys and the installation's own keys, while the server runs. */
export async function copyKeys({ folder, to }: { folder: string; to: string }): Promise<void> {
  const keys = join(folder, 'keys')
  if (!existsSync(join(keys, KEY_DATABASE))) throw new CopyFault(`There are no keys in ${folder}: set DATA_FOLDER.`)
  if (existsSync(to)) throw new CopyFault(`${to} exists already; a backup overwrites nothing.`)
  mkdirSync(to, { recursive: true, mode: 0o700 })
  await copyDatabase(join(keys, KEY_DATABASE), join(to, KEY_DATABASE))
  const present = new Set(readdirSync(keys))
  for (const name of KEY_FILES) if (present.has(name)) copyFileSync(join(keys, name), join(to, name))
  for (const name of readdirSync(to)) await chmod(join(to, name), 0o600)
}

/**
 * Puts a backup of the data into a folder that holds its keys and no data, and raises the epoch: devices that knew more than
 * the backup then say so, instead of seeing a forged record, and the next start takes the data as it is. Answers the new epoch.
 * `now` is milliseconds since 1970: the epoch is taken from it, so that two restores of one backup never share an epoch.
 */
export async function restoreData({ folder, from, now }: { folder: string; from: string; now: number }): Promise<number> {
  if (!existsSync(from)) throw new CopyFault(`${from} is not there.`)
  if (existsSync(dataFile(folder))) throw new CopyFault(`${dataFile(folder)} is still there: stop the server and move it away first.`)
  if (!existsSync(join(folder, 'keys', KEY_DATABASE)))
    throw new CopyFault(`${join(folder, 'keys')} holds no keys: restore them first; without them nobody can read the data.`)
  await copyDatabase(from, dataFile(folder))
  await chmod(dataFile(folder), 0o600)
  // A backup of an earlier release is brought to this one, as a start would.
  const storage = openSqlite({ folder }, { starting: { now: () => now, tell: () => undefined } })
  try {
    return await takeAsItIs(storage, now)
  } finally {
    await storage.close()
  }
}

/** The same for data that is in place already, put there by other means (`mongorestore`) or found older than its checkpoint. */
export async function acceptData({ config, now }: { config: StorageConfig; now: number }): Promise<number> {
  if (config.mongoUri === undefined && !existsSync(dataFile(config.dataFolder)))
    throw new CopyFault(`There is no data in ${config.dataFolder}: set DATA_FOLDER.`)
  const storage = await openStorage({ ...config, starting: { now: () => now, tell: () => undefined } })
  try {
    return await takeAsItIs(storage, now)
  } finally {
    await storage.close()
  }
}
