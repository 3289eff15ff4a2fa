// What the documents name exists: files, folders, commands, links. Decisions are history; of them only the links are looked at.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ENV_NAMES } from '#server/config/env.ts'
import { unlistedCapabilities } from '#server/testing/architecture-rules.ts'

const ROOT = join(import.meta.dirname, '..')
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'data', 'lib', 'test-results', 'results'])
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const inFolder = (folder: string) => readdirSync(join(ROOT, folder)).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : []))

/** All files and folders, folders with a stroke behind. */
function everything(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? [`${path}/`, ...everything(path)] : [path]
  })
}
const STANDING = everything()

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...inFolder('docs'), ...inFolder('docs/spec')]
const LINKING = [...DOCUMENTS, ...inFolder('docs/decisions')]
const SCRIPTS = new Set(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts))

/** A name of ours: `server/log/`, `draft-room.ts`, `server/compose*.ts`, `shared/<capability>/`. What begins with a stroke is an address. */
const OURS =
  /^(?:[\w.@<>*{},-]+\/)*(?:[\w.<>*{},-]+\.(?:tsx?|m?js|css|md|sh|json|html)|(?:shared|server|client|docs|deploy|e2e|bench|tools|scripts)\/[\w./<>*-]*|[\w-]+\/)$/
/** What only an installation, a build or an unpacked bundle has, and what a reader is to make. */
const ELSEWHERE =
  /^(data|dist|backups|signatures|certificates|application|text|image|deploy\/secrets)\/|^(chain|manifest|completion|joint-record)\.json$|<verb>|^x\.|reminder/

function named(text: string): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
  const drawn = [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)].flatMap(([, drawing = '']) => drawing.match(/[\w-]+\.tsx?\b/g) ?? [])
  return [...spans, ...drawn].flatMap((span) => (OURS.test(span) && !ELSEWHERE.test(span) ? [span] : []))
}

/** A name may be told without its folder; one that stands nowhere is none. */
function stands(name: string): boolean {
  const words = name
    .replace(/[.+]/g, '\\$&')
    .replace(/<[^>]+>|\*/g, '[^/]*')
    .replace(/\{([^}]+)\}/g, (_all, names: string) => `(${names.replaceAll(',', '|')})`)
  const pattern = new RegExp(`(^|/)${words.replace(/\/$/, '')}/?$`)
  return STANDING.some((path) => pattern.test(path))
}

describe('the documents', () => {
  it('[ARC-35] name files and folders that exist', () => {
    const faults = DOCUMENTS.flatMap((path) => named(read(path)).flatMap((name) => (stands(name) ? [] : [`${path}: ${name}`])))
    expect(faults).toEqual([])
    expect(['server/log/', 'draft-room.ts', 'server/compose*.ts', 'shared/<capability>/'].every(stands)).toBe(true)
    expect(['server/planted/', 'plant-room.ts', 'server/log/main.ts'].some(stands)).toBe(false)
  })

  it('[ARC-241] tell every setting, and the compose file hands each on that it does not set itself', () => {
    const operations = read('docs/operations.md')
    expect(ENV_NAMES.filter((name) => !operations.includes(`| \`${name}\` |`))).toEqual([])
    const compose = [...read('docker-compose.yml').matchAll(/^ {6}([A-Z_]+): /gm)].map(([, name]) => name)
    // Where the data lie, and how it listens, is the container's; secrets come as files (deploy/app-entrypoint.sh).
    const ownWay = /^(PORT|HOST|DATA_FOLDER|LOG_FILE|DEMO|SMTP_URL|MONGODB_.*|BITIM_.*|.*_SECRET)$/
    expect(ENV_NAMES.filter((name) => !ownWay.test(name) && !compose.includes(name))).toEqual([])
  })

  it('[ARC-35] link to what exists', () => {
    const faults = LINKING.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)#]+)[^)]*\)/g)].flatMap(([, target = '']) =>
        existsSync(join(ROOT, dirname(path), target)) ? [] : [`${path}: ${target}`],
      ),
    )
    expect(faults).toEqual([])
  })

  it('[ARC-35] name commands that exist', () => {
    const faults = DOCUMENTS.flatMap((path) =>
      [...read(path).matchAll(/npm run ([\w:-]+)/g)].flatMap(([, name = '']) => (SCRIPTS.has(name) ? [] : [`${path}: npm run ${name}`])),
    )
    expect(faults).toEqual([])
  })

  it('[ARC-35] cite rules that exist', () => {
    const ids = inFolder('docs/spec').flatMap((path) =>
      [...read(path).matchAll(/^- \*\*([A-Z]{2,4}-\d+)\*\*/gm)].map((match) => match[1] ?? ''),
    )
    const prefixes = new Set(ids.map((id) => id.split('-')[0]))
    const faults = DOCUMENTS.filter((path) => path !== 'docs/new-capability.md').flatMap((path) =>
      [...read(path).matchAll(/\b([A-Z]{2,4})-\d+\b/g)].flatMap(([id, prefix = '']) =>
        prefixes.has(prefix) && !ids.includes(id) ? [`${path}: ${id}`] : [],
      ),
    )
    expect(faults).toEqual([])
  })

  it('[ARC-36] architecture.md names every folder of the three trees but those that the order does not name, and the tables of rules and decisions every one of theirs', () => {
    const architecture = read('docs/architecture.md')
    const unlisted = unlistedCapabilities(STANDING)
    const folders = ['shared', 'server', 'client'].flatMap((tree) =>
      STANDING.flatMap((path) => (new RegExp(`^${tree}/[\\w-]+/$`).test(path) ? [path.slice(0, -1)] : [])),
    )
    expect(
      folders.filter((path) => {
        const name = path.split('/')[1] ?? ''
        return !unlisted.has(name) && !architecture.includes(`\`${path}`) && !new RegExp(`\\b${name}\\b`).test(architecture)
      }),
    ).toEqual([])
    for (const folder of ['docs/spec', 'docs/decisions']) {
      const listed = read(`${folder}/README.md`)
      const files = inFolder(folder).map((path) => relative(folder, path))
      expect(files.filter((name) => name !== 'README.md' && !listed.includes(`(${name})`))).toEqual([])
    }
  })
})
