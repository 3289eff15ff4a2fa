// npm start: installs, builds when something changed, starts the platform. npm run demo: the same with a made-up case and ready links.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demandNode, installPackages, root, run, serverFlags } from './prepare.mjs'

demandNode()
installPackages()
buildIfNeeded()

const demo = process.argv.includes('--demo')
const server = spawn(process.execPath, [...serverFlags(), join(root, 'dist/server/main.js')], {
  cwd: process.cwd(),
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', ...(demo ? { DEMO: '1', DATA_FOLDER: process.env.DATA_FOLDER ?? './data/demo' } : {}) },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 1)) // ended by a signal it did not ask for: whoever watches starts again

function buildIfNeeded() {
  const stamp = join(root, 'dist/.built')
  const newest = String(Math.max(...['shared', 'server', 'client', 'scripts', 'package-lock.json', 'vite.config.ts'].map(newestIn)))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === newest) return
  console.log('Building…')
  if (run(process.execPath, ['scripts/build.mjs']) !== 0) process.exit(1)
  writeFileSync(stamp, newest)
}

function newestIn(name) {
  const path = join(root, name)
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((child) => newestIn(join(name, child))))
}
