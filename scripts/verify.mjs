// npm run verify -- <bundle.zip | folder> [--root authority.pem] [--code "…"] [--lang kk|ru|en] [--text] [--json]
// Needs no network and no server. Exit code: 0 valid, 1 changed, 2 wrong usage, 3 consistent under an unknown authority, 4 of a newer release,
// 5 not as given out (packed again, unpacked, a part alone or missing) but not changed, 6 no file of an agreement, 7 under another authority
// than the one that was named. A reader that stops reading (| head) changes none of them.
import { register } from 'tsx/esm/api'
import { print } from './print.mjs'

register()
const { runVerify } = await import('./verify/run-verify.ts')
const { readSource } = await import('./verify/read-source.ts')
process.exitCode = await runVerify({
  args: process.argv.slice(2),
  environmentLanguage: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '',
  readSource,
  print,
})
