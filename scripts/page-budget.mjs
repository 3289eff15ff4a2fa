// Fails when a page needs more code than a village line can carry (docs/decisions/031; page-limits.json in kB of 1,000 bytes). Run after
// `npm run build`. It reads what the build says that each page loads, in the largest language; what a browser really fetches is measured by
// e2e/page-weight.spec.ts.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const client = join(import.meta.dirname, '../dist/client')
const manifestFile = join(client, 'manifest.json')
if (!existsSync(manifestFile)) {
  console.error('dist/client is not there: run `npm run build` first')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))

const limits = JSON.parse(readFileSync(join(import.meta.dirname, 'page-limits.json'), 'utf8'))
const entry = ['index.html', texts('shell')]
const codeField = [...entry, 'app/routes/join.tsx', texts('join')]
const waitingRoom = [...codeField, 'app/routes/room-entry.tsx', texts('waiting')]
const room = [...waitingRoom, texts('table'), ...dynamic(/^app\/room\/(Inside|TalkArea)/), texts('room')]
/** All of it but what is fetched by a press. */
const WITH_THE_EDITOR = /^drafting\/(?!restoring\/EarlierTexts)|drafting\/closing\/closing-faults/
const pages = [
  { name: 'code field usable', limit: limits.codeField, parts: codeField },
  { name: 'waiting room, in all', limit: limits.waitingRoom, parts: waitingRoom },
  { name: 'room, in all', limit: limits.room, parts: room },
  { name: 'editor, on top of it', limit: limits.editor, parts: [...dynamic(WITH_THE_EDITOR), texts('draft')], without: room },
  { name: 'office', parts: [...entry, 'app/routes/office.tsx', 'app/routes/case.tsx', texts('office')] },
  { name: 'verify', parts: [...entry, 'app/routes/verify.tsx', texts('verify')] },
]

let passed = true
for (const { name, limit, parts, without = [] } of pages) {
  const known = closure(without)
  const chunks = [...closure(parts)].filter((file) => !known.has(file))
  const size = chunks.reduce((sum, file) => sum + kilobytes(file), 0)
  const over = limit !== undefined && size > limit
  if (over) passed = false
  const verdict = limit === undefined ? '' : over ? `over ${limit}` : `of ${limit}`
  console.log(`${name.padEnd(24)} ${size.toFixed(1).padStart(7)} kB br ${verdict.padEnd(9)} ${chunks.length} files`)
  if (over || process.argv.includes('--files'))
    for (const file of chunks.sort((a, b) => kilobytes(b) - kilobytes(a)))
      console.log(`    ${kilobytes(file).toFixed(1).padStart(7)} ${file}`)
}
process.exitCode = passed ? 0 : 1

/** The largest of a group's languages. */
function texts(group) {
  const keys = Object.keys(manifest).filter((key) => key.includes(`virtual:texts/${group}/`))
  return keys.sort((a, b) => kilobytes(manifest[b].file) - kilobytes(manifest[a].file))[0] ?? ''
}

/** What is fetched when it is first shown. */
function dynamic(pattern) {
  return Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && pattern.test(key))
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

/** As it travels. */
function kilobytes(file) {
  const compressed = join(client, `${file}.br`)
  return statSync(existsSync(compressed) ? compressed : join(client, file)).size / 1000
}
