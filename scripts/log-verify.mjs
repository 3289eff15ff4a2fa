// npm run log:verify -- [--data ./data] [--case ID] [--head AUDIENCE=SEQ:HASH …]
// Stop the server first. Exit code: 0 whole, 1 a fault was found, 2 wrong usage, or the data cannot be opened.
import { register } from 'tsx/esm/api'
import { print } from './print.mjs'

register()
const { runLogVerify } = await import('./log-verify/run-log-verify.ts')
process.exitCode = await runLogVerify({
  args: process.argv.slice(2),
  environment: process.env,
  print,
})
