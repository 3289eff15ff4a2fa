// Fails when a page needs more code than a village line can carry (docs/decisions/031). Run after `npm run build`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const client = join(import.meta.dirname, '../dist/client')
const manifestFile = join(client, 'manifest.json')
if (!existsSync(manifestFile)) {
  console.error('dist/client is not there: run `npm run build` first')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
const sizes = new Map()

const entry = ['index.html', texts('shell')]
const routes = [
  {
    name: 'link to waiting room',
    limit: 110,
    parts: [...entry, 'app/routes/join.tsx', 'app/routes/room-entry.tsx', texts('join'), texts('waiting')],
  },
  { name: 'room without draft', limit: 140, parts: [...entry, 'app/routes/room-entry.tsx', ...inside(), texts('room'), texts('waiting')] },
  { name: 'editor, loaded later', limit: 175, parts: editors(), without: [...entry, 'app/routes/room-entry.tsx', ...inside()] },
  { name: 'office', limit: undefined, parts: [...entry, 'app/routes/office.tsx', 'app/routes/case.tsx', texts('office')] },
  { name: 'verify', limit: undefined, parts: [...entry, 'app/routes/verify.tsx', texts('verify')] },
]

let passed = true
for (const { name, limit, parts, without = [] } of routes) {
  const known = closure(without)
  const chunks = [...closure(parts)].filter((file) => !known.has(file))
  const size = chunks.reduce((sum, file) => sum + kilobytes(file), 0)
  const over = limit !== undefined && size > limit
  if (over) passed = false
  const verdict = limit === undefined ? '' : over ? `over ${limit}` : `of ${limit}`
  console.log(`${name.padEnd(24)} ${size.toFixed(1).padStart(7)} kB gz ${verdict.padEnd(9)} ${chunks.length} files`)
  if (over)
    for (const file of chunks.sort((a, b) => kilobytes(b) - kilobytes(a)))
      console.log(`    ${kilobytes(file).toFixed(1).padStart(7)} ${file}`)
}
process.exitCode = passed ? 0 : 1

/** The largest of a group's languages. */
function texts(group) {
  const keys = Object.keys(manifest).filter((key) => key.includes(`virtual:texts/${group}/`))
  return keys.sort((a, b) => kilobytes(manifest[b].file) - kilobytes(manifest[a].file))[0] ?? ''
}

/** What the room fetches when a draft is opened: dynamic imports that lie in `drafting`. */
function editors() {
  return Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && key.startsWith('drafting/'))
}

/** The parts of the room that are fetched once somebody is let in; only what a mediator or a signer sees is left out. */
function inside() {
  return Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && /^app\/room\/(Inside|TalkArea)/.test(key))
}

function closure(keys) {
  const found = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk || found.has(chunk.file)) return
    if (chunk.file.endsWith('.js')) found.add(chunk.file)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const key of keys) visit(key)
  return found
}

function kilobytes(file) {
  const known = sizes.get(file)
  if (known !== undefined) return known
  const size = gzipSync(readFileSync(join(client, file)), { level: 9 }).length / 1000
  sizes.set(file, size)
  return size
}
