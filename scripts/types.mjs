// Types of the trees, each with only what exists where it runs, as tsconfig.json names them. The text ids are made first.
// Only what has changed is looked at; a file of global declarations that was added or taken away is seen after `tsc -b --force` alone.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const run = (name, args) =>
  spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1

process.exitCode = run('tsx', ['scripts/texts-types.ts']) || run('tsc', ['-b'])
