// Types of the three trees, each with only what exists where it runs. The text ids are made first.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name) => join(root, 'node_modules/.bin', name)
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1

let failed = run(bin('tsx'), ['scripts/texts-types.ts'])
for (const tree of ['shared', 'server', 'client', 'client/service-worker', 'e2e']) failed += run(bin('tsc'), ['-p', tree])
process.exitCode = failed === 0 ? 0 : 1
