// npm run backup -- data <file>     a copy of the data, while the server runs
// npm run backup -- keys <folder>   a copy of the keys; keep it apart from the data, and only for days
// Embedded storage only. DATA_FOLDER as for the server. Exit code: 0 done, 1 not done, 2 wrong usage.
import { resolve } from 'node:path'
import { register } from 'tsx/esm/api'
import { complain, print } from './print.mjs'

register()
const { CopyFault, copyData, copyKeys } = await import('./backup/copies.ts')
const [what, to] = process.argv.slice(2)
const copy = { data: copyData, keys: copyKeys }[what ?? '']
if (!copy || !to) {
  complain('npm run backup -- data <file>')
  complain('npm run backup -- keys <folder>')
  process.exit(2)
}
try {
  await copy({ folder: process.env.DATA_FOLDER ?? './data', to: resolve(to) })
  print(`Copied the ${what} to ${resolve(to)}`)
} catch (error) {
  if (!(error instanceof CopyFault)) throw error
  complain(error.message)
  process.exitCode = 1
}
