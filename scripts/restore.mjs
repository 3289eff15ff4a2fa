// npm run restore -- <file>: puts a backup of the data into the data folder, whose keys must be there, and raises the epoch.
// Embedded storage only; the server must be stopped. Exit code: 0 done, 1 not done, 2 wrong usage.
import { resolve } from 'node:path'
import { register } from 'tsx/esm/api'

register()
const { CopyFault, restoreData } = await import('./backup/copies.ts')
const from = process.argv[2]
if (!from) {
  console.error('npm run restore -- <file>')
  process.exit(2)
}
try {
  const epoch = await restoreData({ folder: process.env.DATA_FOLDER ?? './data', from: resolve(from), now: Date.now() })
  console.log(`Restored; the epoch is now ${epoch}. Start the server.`)
} catch (error) {
  if (!(error instanceof CopyFault)) throw error
  console.error(error.message)
  process.exitCode = 1
}
