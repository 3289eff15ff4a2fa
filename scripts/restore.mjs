// npm run restore -- <file>        puts a backup of the data into the data folder, whose keys must be there, and raises the epoch
// npm run restore -- --as-it-is    raises the epoch over the data that is in place, so that the next start takes it as it is (also MongoDB)
// The server must be stopped. Exit code: 0 done, 1 not done, 2 wrong usage.
import { resolve } from 'node:path'
import { register } from 'tsx/esm/api'
import { complain, print } from './print.mjs'

register()
const { acceptData, CopyFault, restoreData } = await import('./backup/copies.ts')
const { DATA_FOLDER: folder = './data', MONGODB_URI: mongoUri, MONGODB_KEYS_URI: mongoKeysUri } = process.env
const from = process.argv[2]
if (!from) {
  complain('npm run restore -- <file>')
  complain('npm run restore -- --as-it-is')
  process.exit(2)
}
try {
  const config = { dataFolder: folder, ...(mongoUri && { mongoUri }), ...(mongoKeysUri && { mongoKeysUri }) }
  const epoch =
    from === '--as-it-is'
      ? await acceptData({ config, now: Date.now() })
      : await restoreData({ folder, from: resolve(from), now: Date.now() })
  print(`${from === '--as-it-is' ? 'Taken as it is' : 'Restored'}; the epoch is now ${epoch}. Start the server.`)
} catch (error) {
  if (!(error instanceof CopyFault) && error?.problem === undefined) throw error
  complain(error.message)
  process.exitCode = 1
}
