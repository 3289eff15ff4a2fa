// npm run rebuild -- projections     drops what is derived from the log; the next start makes it anew
// The server must be stopped. DATA_FOLDER or MONGODB_URI as for the server. Exit code: 0 done, 1 not done, 2 wrong usage.
import { register } from 'tsx/esm/api'
import { print } from './print.mjs'

register()
const { runRebuild } = await import('./rebuild/run-rebuild.ts')
process.exitCode = await runRebuild({
  args: process.argv.slice(2),
  environment: process.env,
  print,
})
