// npm run verify -- bundle.zip [--root authority.pem] [--fingerprint "…"] [--lang kk|ru|en] [--text] [--json]
// Needs no network and no server. Exit code: 0 valid, 1 broken, 2 wrong usage, 3 consistent under an unknown authority.
import { readFile } from 'node:fs/promises'
import { register } from 'tsx/esm/api'

register()
const { runVerify } = await import('./verify/run-verify.ts')
process.exitCode = await runVerify({
  args: process.argv.slice(2),
  environmentLanguage: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '',
  readFile,
  print: (line) => process.stdout.write(`${line}\n`),
})
