// The server that is measured is the one that production runs: built by the project's own script, then put aside, so that another
// build cannot change it in the middle of a run.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { results, root } from '../lib/paths.ts'
import { type ServerProcess, startServer } from '../lib/server-process.ts'

/** As `npm start` and the container start it. */
export const NODE_FLAGS: readonly string[] = readFileSync(join(root, 'deploy/node-flags'), 'utf8').trim().split(' ')

/** For a run with others than production's. */
export function askedFlags(): readonly string[] | undefined {
  return process.env.BENCH_NODE_FLAGS?.trim().split(' ')
}

const copy = join(results, 'server')

export function buildServer(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  rmSync(copy, { recursive: true, force: true })
  cpSync(join(root, 'dist/server'), copy, { recursive: true })
  // The server starts with its pages alone; nobody of a benchmark looks at one.
  mkdirSync(join(results, 'client'), { recursive: true })
  writeFileSync(join(results, 'client/index.html'), '<!doctype html>')
}

/** The pages that the measured server gives out, beside it. */
export function buildPages(): void {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'client'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  rmSync(join(results, 'client'), { recursive: true, force: true })
  cpSync(join(root, 'dist/client'), join(results, 'client'), { recursive: true })
}

export function startPlatform(folder: string, nodeFlags = askedFlags() ?? NODE_FLAGS): Promise<ServerProcess> {
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []
  const watched = ['--expose-gc', '--import', join(root, 'bench/platform/watched.mjs')]
  return startServer([process.execPath, ...nodeFlags, ...profile, ...watched, join(copy, 'main.js')], {
    DATA_FOLDER: folder,
    PORT: '0',
    LOG_LEVEL: 'error',
    QUOTA_TIMES: '1000', // twenty people's worth of words from each session
  })
}
