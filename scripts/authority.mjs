// npm run authority            the name and the control code of this installation's authority, and its SHA-256
// npm run authority -- --pem   its certificate
// The server may be running. DATA_FOLDER or MONGODB_URI as for the server. Exit code: 0 printed, 1 none or unreadable, 2 wrong usage.
import { register } from 'tsx/esm/api'
import { print } from './print.mjs'

register()
const { runAuthority } = await import('./authority/run-authority.ts')
process.exitCode = await runAuthority({ args: process.argv.slice(2), environment: process.env, print })
