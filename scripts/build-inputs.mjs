// What a build is made of, as one number: the same number, the same build. Times of files say nothing: a checkout changes them all.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const INPUTS = ['shared', 'server', 'client', 'scripts', 'package.json', 'package-lock.json', 'vite.config.ts']
/** Written by the build itself, or read by tests alone. */
const NO_INPUT = /\.generated\.d\.ts$|\.test\.tsx?$/
const OUTPUTS = ['dist/client/index.html', 'dist/server/main.js']
const STAMP = join(root, 'dist/.built')

export function inputsNumber() {
  const hash = createHash('sha256').update(process.version)
  for (const input of INPUTS) for (const file of filesIn(input)) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

export function isBuilt(number) {
  if (!OUTPUTS.every((file) => existsSync(join(root, file)))) return false
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === number
}

export function rememberBuilt(number) {
  writeFileSync(STAMP, number)
}

function filesIn(name) {
  if (!statSync(join(root, name)).isDirectory()) return [name]
  const inside = readdirSync(join(root, name)).sort()
  return inside.filter((child) => !NO_INPUT.test(child)).flatMap((child) => filesIn(`${name}/${child}`))
}
