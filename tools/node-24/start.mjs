// Runs a command, and every Node that it starts, on Node 24; a machine with Node 20 so sees whether the platform runs on both:
//   node tools/node-24/start.mjs npx vitest run server
// Fetched once, from npm's registry, by the digests of the lock file beside this.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const here = import.meta.dirname
const folder = join(here, 'node_modules/.bin')

function haveNode() {
  if (existsSync(join(folder, 'node'))) return
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: ['ignore', 2, 2] })
  if (npm.status !== 0 || !existsSync(join(folder, 'node'))) throw new Error('could not fetch Node 24: it comes for Linux on x64 and arm64')
}

haveNode()
const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` }
const run = (command, args) => spawnSync(command, args, { stdio: 'inherit', env }).status ?? 1
const [command = 'node', ...args] = process.argv.slice(2)
process.exitCode = run('node', ['--version']) || run(command, args)
