// Makes a bare machine ready: the packages of the lock file, and, where a command needs them, Debian's. Uses nothing but Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { complain, print } from './print.mjs'

export const root = join(import.meta.dirname, '..')

/** Runs a command in the project's folder, its output shown; answers its exit code. */
export function run(command, args = [], env = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (result.error) complain(`${command}: ${result.error.message}`)
  return result.status ?? 1
}

export const bin = (name) => join(root, 'node_modules/.bin', name)

/** Node's flags of a real server: the same file is read by deploy/start-server.sh and by the benchmarks. */
export function serverFlags() {
  return readFileSync(join(root, 'deploy/node-flags'), 'utf8').trim().split(' ')
}

export function demandNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  complain(`Bitim needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}

/** Installs the packages unless those of this very lock file are there. */
export function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules/.bitim-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  print('Installing packages…')
  // Not `npm ci`: it refuses a lock file wherever a registry lacks some other system's optional binaries. This keeps to the lock all the same.
  if (run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) process.exit(1)
  writeFileSync(stamp, lock)
}

/** On Debian, as root, installs what is missing; elsewhere says plainly what to install. */
export function installSystem(wanted) {
  const missing = wanted.filter(({ command }) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status !== 0)
  if (missing.length === 0) return
  const names = missing.map((each) => each.debian)
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (!isDebianRoot) {
    complain(`Please install: ${missing.map((each) => each.command).join(', ')} (Debian: apt-get install ${names.join(' ')})`)
    process.exit(1)
  }
  print(`Installing ${names.join(', ')}…`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], quiet)
  if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet) !== 0) process.exit(1)
}

/** What the tests need of the system. */
export const TEST_TOOLS = [
  { command: 'chromium', debian: 'chromium' },
  { command: 'pdftotext', debian: 'poppler-utils' },
  { command: 'openssl', debian: 'openssl' },
]
