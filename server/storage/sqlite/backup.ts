// A backup of the data while the server runs. Never of the keys: a backup that held both would bring back what was forgotten.
import { existsSync } from 'node:fs'
import { chmod, open } from 'node:fs/promises'
import { AppError } from '#shared/kernel/errors.ts'
import { copyDatabase } from './database.ts'
import { dataFile } from './open-sqlite.ts'

/** Writes one file, durable when resolved. Refuses a path that is taken. Works beside a running server, from any process. */
export async function backupSqlite(place: { readonly folder: string; readonly to: string }): Promise<void> {
  const source = dataFile(place.folder)
  if (!existsSync(source)) throw new AppError({ kind: 'not-found' }, { message: `there is no data in ${place.folder}` })
  if (existsSync(place.to)) throw new AppError({ kind: 'conflict' }, { message: `${place.to} exists already` })
  await copyDatabase(source, place.to)
  await chmod(place.to, 0o600)
  const copy = await open(place.to, 'r+')
  try {
    await copy.sync()
  } finally {
    await copy.close()
  }
}
