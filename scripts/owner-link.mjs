// npm run owner-link [-- --email ADDRESS]     prints a one-time link with which an owner sets a new password
// Stop the embedded server first. Environment as for the server. Exit code: 0 done, 1 not done, 2 wrong usage.
import { register } from 'tsx/esm/api'
import { print } from './print.mjs'

register()
const { runOwnerLink } = await import('./owner-link/run-owner-link.ts')
process.exitCode = await runOwnerLink({
  args: process.argv.slice(2),
  environment: process.env,
  print,
})
