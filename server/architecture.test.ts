// The house rules with teeth: directions of imports, one root, no hidden clocks, tested policies, spec rules and tests that cite each other.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const CAPABILITIES = [
  'identity',
  'registry',
  'cases',
  'rooms',
  'messaging',
  'caucus',
  'files',
  'negotiation',
  'document',
  'drafting',
  'signing',
  'verify',
  'filing',
  'statistics',
]
const MECHANISMS = ['kernel', 'protocol', 'log', 'http', 'realtime', 'storage', 'workers', 'config', 'ui', 'i18n', 'testing']
const ROOTS = /^(shared\/catalogue\.ts|server\/[a-z-]+\.ts|server\/(testing|upgrade)\/|client\/app\/|client\/main\.tsx)/
const TEST = /\.(test|spec)\.tsx?$/

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return filesIn(path)
    return /\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })
}

interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
  readonly exportsDefault: boolean
  /** Imports that are loaded with the file, types left out. */
  readonly loads: readonly string[]
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const imports = module.staticImports.map((each) => each.moduleRequest.value)
  const reexports = module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest?.value ?? []))
  const dynamic = [...text.matchAll(/import\(\s*'([^']+)'\s*\)/g)].map((match) => match[1] ?? '')
  const loads = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value)
  const exportsDefault = module.staticExports.some((each) => each.entries.some((entry) => entry.exportName.kind === 'Default'))
  return {
    path,
    text,
    imports: [...imports, ...reexports, ...dynamic].map((name) => resolve(path, name)),
    exportsDefault,
    loads: loads.map((name) => resolve(path, name)),
  }
}

/** `#shared/x.ts` and `./x.ts` as a path from the root; packages as they are. */
function resolve(from: string, name: string): string {
  if (name.startsWith('#')) return name.slice(1)
  if (name.startsWith('.')) return relative(root, join(root, from, '..', name))
  return name
}

const sources = ['shared', 'server', 'client'].flatMap(filesIn).map(read)
const code = sources.filter(({ path }) => !TEST.test(path))
const tests = sources.filter(({ path }) => TEST.test(path))
const treeOf = (path: string) => path.split('/')[0] ?? ''
const placeOf = (path: string) => path.split('/')[1] ?? ''
const isOurs = (path: string) => /^(shared|server|client)\//.test(path)

function offences(list: readonly Source[], offence: (source: Source) => readonly string[]): string[] {
  return list.flatMap((source) => offence(source).map((what) => `${source.path}: ${what}`))
}

describe('the architecture', () => {
  it('[ARC-1] shared imports nothing from server or client, and the two trees nothing from each other', () => {
    const allowed: Record<string, readonly string[]> = { shared: ['shared'], server: ['server', 'shared'], client: ['client', 'shared'] }
    expect(
      offences(code, ({ path, imports }) => imports.filter((name) => isOurs(name) && !allowed[treeOf(path)]?.includes(treeOf(name)))),
    ).toEqual([])
  })

  it('[ARC-2] imports between capabilities point only to the left, and no mechanism imports a capability', () => {
    const inner = code.filter(({ path }) => !ROOTS.test(path))
    expect(
      offences(inner, ({ path, imports }) =>
        imports.filter((name) => {
          if (!isOurs(name) || placeOf(name) === placeOf(path)) return false
          const to = CAPABILITIES.indexOf(placeOf(name))
          if (to < 0) return false
          const from = CAPABILITIES.indexOf(placeOf(path))
          return from < 0 ? MECHANISMS.includes(placeOf(path)) : to > from
        }),
      ),
    ).toEqual([])
  })

  it('[ARC-3] every folder is a known capability or mechanism', () => {
    const known = new Set([...CAPABILITIES, ...MECHANISMS, 'app', 'upgrade', 'media', 'learning', 'service-worker'])
    const folders = new Set(
      code
        .map(({ path }) => path.split('/'))
        .filter((parts) => parts.length > 2)
        .map((parts) => parts[1] ?? ''),
    )
    expect([...folders].filter((folder) => !known.has(folder))).toEqual([])
  })

  it('[ARC-4] exports are named', () => {
    expect(offences(code, ({ exportsDefault }) => (exportsDefault ? ['default export'] : []))).toEqual([])
  })

  it('[ARC-5] clock, timers, randomness and environment are touched by the composition roots alone', () => {
    const real = /\b(process\.env|Date\.now\(\)|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|crypto\.randomUUID\()/
    const mayTouch = /^(server\/(main|system)\.ts|server\/([a-z]+\/)?testing\/|client\/app\/|client\/main\.tsx|client\/service-worker\/)/
    expect(
      offences(
        code.filter(({ path }) => !mayTouch.test(path)),
        ({ text }) =>
          text.split('\n').flatMap((line, at) => (real.test(line) && !/^\s*(\/\/|\*)/.test(line) ? [`${at + 1}: ${line.trim()}`] : [])),
      ),
    ).toEqual([])
  })

  it('[ARC-6] databases are spoken to under storage alone', () => {
    const inner = code.filter(({ path }) => !path.startsWith('server/storage/'))
    expect(
      offences(inner, ({ imports }) => imports.filter((name) => name === 'libsql' || name === 'mongoose' || name === 'mongodb')),
    ).toEqual([])
  })

  it('[ARC-7] policies are pure and each of their questions stands in a table', () => {
    const policies = code.filter(({ path }) => /^shared\/.*-policy\.ts$/.test(path))
    expect(policies.length).toBeGreaterThan(3)
    const asked = tests.filter(({ path }) => /-policy\.test\.ts$/.test(path)).map(({ text }) => text)
    expect(
      offences(policies, ({ text }) => [
        ...(/\basync\b|\bawait\b/.test(text) ? ['asynchronous'] : []),
        ...[...text.matchAll(/export function (can\w+)/g)].flatMap(([, name = '']) =>
          asked.some((test) => test.includes(name)) ? [] : [`${name} has no table`],
        ),
      ]),
    ).toEqual([])
  })

  it('[ARC-8] names of commands and events are written in protocol files alone', () => {
    const names = new Set(
      code.flatMap(({ text }) => [...text.matchAll(/define(?:Command|Event)\(\s*'([a-z-]+:[a-z-]+)'/g)].map((match) => match[1] ?? '')),
    )
    expect(names.size).toBeGreaterThan(20)
    const elsewhere = code.filter(({ path }) => !/-protocol\.ts$|\/(contracts|testing)\//.test(path))
    expect(
      offences(elsewhere, ({ text }) =>
        [...text.matchAll(/'([a-z-]+:[a-z-]+)'/g)].flatMap(([, name = '']) => (names.has(name) ? [name] : [])),
      ),
    ).toEqual([])
  })

  it('[ARC-9] files stay small: 400 lines, tests 600', () => {
    expect(offences(sources, ({ path, text }) => (text.split('\n').length > (TEST.test(path) ? 601 : 401) ? ['too long'] : []))).toEqual([])
  })

  it('[ARC-11] what draws papers, packs bundles and opens texts is not even loaded by the thread that answers people', () => {
    const byPath = new Map(code.map((source) => [source.path, source]))
    const loaded = new Map([['server/main.ts', 'the process']])
    for (const [path] of loaded) {
      for (const name of byPath.get(path)?.loads ?? []) if (!loaded.has(name)) loaded.set(name, path)
    }
    expect(loaded.has('server/compose.ts')).toBe(true)
    expect(['pdfkit', 'dejavu-fonts-ttf', 'yjs', '@tiptap/core'].flatMap((name) => loaded.get(name) ?? [])).toEqual([])
  })

  it('[ARC-12] a role is asked for by name in the table alone', () => {
    const named =
      /\brole\)?\s*(===|!==)\s*'(mediator|party|representative)'|'(mediator|party|representative)'\s*(===|!==)|case '(mediator|party|representative)':/
    // A bundle is read by the words that stand in it; tests make people of every role.
    const mayName = /^shared\/cases\/may\.ts$|^(shared|server)\/signing\/bundle\/|\/testing\//
    const asking = code.filter(({ path }) => !mayName.test(path))
    expect(
      offences(asking, ({ text }) => text.split('\n').flatMap((line, at) => (named.test(line) ? [`${at + 1}: ${line.trim()}`] : []))),
    ).toEqual([])
  })

  it('[ARC-10] every spec rule has an id of its own and a test, and every cited rule exists', () => {
    const ids = readdirSync(join(root, 'docs/spec')).flatMap((name) =>
      [...readFileSync(join(root, 'docs/spec', name), 'utf8').matchAll(/^- \*\*([A-Z]{2,4}-\d+)\*\*/gm)].map((match) => match[1] ?? ''),
    )
    const rules = new Set(ids)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const e2e = readdirSync(join(root, 'e2e'), { recursive: true, encoding: 'utf8' }).filter((name) => TEST.test(name))
    const scripts = readdirSync(join(root, 'scripts'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.test\.(ts|mjs)$/.test(name),
    )
    const contracts = code.filter(({ path }) => path.includes('/contracts/')).map(({ text }) => text)
    const texts = [
      ...contracts,
      ...tests.map(({ text }) => text),
      ...e2e.map((name) => readFileSync(join(root, 'e2e', name), 'utf8')),
      ...scripts.map((name) => readFileSync(join(root, 'scripts', name), 'utf8')),
    ]
    const cited = new Set(texts.flatMap((text) => [...text.matchAll(/\[([A-Z]{2,4}-\d+)\]/g)].map((match) => match[1] ?? '')))
    expect({ untested: [...rules].filter((rule) => !cited.has(rule)), unknown: [...cited].filter((rule) => !rules.has(rule)) }).toEqual({
      untested: [],
      unknown: [],
    })
  })
})
