// A new demo begins in a new folder. The old one is moved beside it, never deleted.
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'

/** Where the folder lies now; undefined when there was none. */
export async function moveAside(folder) {
  if (!existsSync(folder)) return undefined
  const lock = join(folder, 'lock.db')
  if (existsSync(lock) && (await isHeld(lock))) throw new Error(`a server is running on the data folder ${folder}: stop it first`)
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const aside = free(`${folder.replace(/\/+$/, '')}-until-${time}`)
  renameSync(folder, aside)
  return aside
}

function free(path) {
  let tried = path
  for (let number = 2; existsSync(tried); number += 1) tried = `${path}-${number}`
  return tried
}

/** As the server holds it (server/storage/sqlite/lock.ts). */
async function isHeld(path) {
  const { default: Database } = await import('libsql')
  let database
  try {
    database = new Database(path)
    database.exec('BEGIN EXCLUSIVE')
    database.exec('ROLLBACK')
    return false
  } catch (error) {
    if (error?.code === 'SQLITE_BUSY') return true
    return false // a damaged lock keeps nobody: the folder is only moved
  } finally {
    database?.close()
  }
}
