// npm run test:validators [-- bundle.zip …]: what independent validators say about our products; a sample is made when none is named.
// Exit code 0: all passed; 1: one did not; 2: a validator is missing.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register } from 'tsx/esm/api'
import { print } from './print.mjs'

register()
const { runValidators } = await import('./validators/run-validators.ts')
const folder = await mkdtemp(join(tmpdir(), 'bitim-validators-'))
try {
  const tools = new URL('../tools/validators/', import.meta.url).pathname
  process.exitCode = await runValidators({
    bundles: process.argv.slice(2),
    folder,
    tools,
    print,
  })
} finally {
  await rm(folder, { recursive: true })
}
