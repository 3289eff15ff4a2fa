// The house rules as functions over source files, so that each can be shown a breach as well as the house.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { ROLES } from '#shared/kernel/actor.ts'

export const ROOT = join(import.meta.dirname, '../..')
/** From left to right. One that is not named stands to the right of all of these: it may import any of them, and nobody imports it. */
const CAPABILITIES = [
  'identity',
  'registry',
  'cases',
  'rooms',
  'messaging',
  'tone',
  'caucus',
  'files',
  'negotiation',
  'document',
  'drafting',
  'signing',
  'joint-record',
  'verify',
  'filing',
  'statistics',
]
const MECHANISMS = ['kernel', 'protocol', 'log', 'http', 'realtime', 'storage', 'workers', 'due', 'config', 'ui', 'i18n', 'testing']
const KNOWN_FOLDERS = new Set([...CAPABILITIES, ...MECHANISMS, 'app', 'upgrade', 'media', 'learning', 'service-worker'])
const CAPABILITY_FILE = /^(?:shared|server)\/([a-z-]+)\/capability\.ts$/
const ROOTS = /^(shared\/(first-|later-)?catalogue\.ts|server\/[a-z-]+\.ts|server\/(testing|upgrade)\/|client\/app\/|client\/main\.tsx)/
/** What each capability is made of is said at the root, and knows none of them. */
const OPEN_ROOT = 'server/capability.ts'
const TEST = /\.(test|spec)\.tsx?$/

export interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
  readonly exportsDefault: boolean
  /** Imports that are loaded with the file, types left out. */
  readonly loads: readonly string[]
}

export function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(ROOT, path)).isDirectory()) return filesIn(path)
    return /\.(tsx?|css)$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })
}

export function readSource(path: string): Source {
  return parseSource(path, readFileSync(join(ROOT, path), 'utf8'))
}

export function parseSource(path: string, text: string): Source {
  if (path.endsWith('.css')) return { path, text, imports: [], exportsDefault: false, loads: [] }
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const imports = module.staticImports.map((each) => each.moduleRequest.value)
  const reexports = module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest?.value ?? []))
  const dynamic = [...text.matchAll(/import\(\s*'([^']+)'\s*\)/g)].map((match) => match[1] ?? '')
  const loads = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value)
  return {
    path,
    text,
    imports: [...imports, ...reexports, ...dynamic].map((name) => resolve(path, name)),
    exportsDefault: module.staticExports.some((each) =>
      each.entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
    ),
    loads: loads.map((name) => resolve(path, name)),
  }
}

/** `#shared/x.ts` and `./x.ts` as a path from the root; packages as they are. */
function resolve(from: string, name: string): string {
  if (name.startsWith('#')) return name.slice(1)
  if (name.startsWith('.')) return relative(ROOT, join(ROOT, from, '..', name))
  return name
}

const treeOf = (path: string) => path.split('/')[0] ?? ''
const placeOf = (path: string) => path.split('/')[1] ?? ''
const isOurs = (path: string) => /^(shared|server|client)\//.test(path)
export const isTest = (path: string) => TEST.test(path)

/** What breaks a rule, as `path: what`. */
export type ArchitectureRule = (sources: readonly Source[]) => readonly string[]

function eachOf(accepts: (path: string) => boolean, breaches: (source: Source) => readonly string[]): ArchitectureRule {
  return (sources) =>
    sources.filter(({ path }) => accepts(path)).flatMap((source) => breaches(source).map((what) => `${source.path}: ${what}`))
}
const isCode = (path: string) => !isTest(path)

function linesWith(pattern: RegExp): (source: Source) => readonly string[] {
  return ({ text }) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${at + 1}: ${line.trim()}`] : []))
}

const TREES: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  server: ['server', 'shared'],
  client: ['client', 'shared'],
}
export const treesApart = eachOf(isCode, ({ path, imports }) =>
  imports.filter((name) => isOurs(name) && !TREES[treeOf(path)]?.includes(treeOf(name))),
)

/** Folders of capabilities that the order does not name. */
export function unlistedCapabilities(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap((path) => CAPABILITY_FILE.exec(path)?.[1] ?? []).filter((name) => !KNOWN_FOLDERS.has(name)))
}

export const capabilitiesToTheLeft: ArchitectureRule = (sources) => {
  const unlisted = unlistedCapabilities(sources.map(({ path }) => path))
  return eachOf(
    (path) => isCode(path) && !ROOTS.test(path),
    ({ path, imports }) =>
      imports.filter((name) => {
        if (!isOurs(name) || placeOf(name) === placeOf(path)) return false
        if (unlisted.has(placeOf(name))) return true
        const to = CAPABILITIES.indexOf(placeOf(name))
        if (to < 0 || unlisted.has(placeOf(path))) return false
        const from = CAPABILITIES.indexOf(placeOf(path))
        return from < 0 ? MECHANISMS.includes(placeOf(path)) : to > from
      }),
  )(sources)
}

/** Whoever is inside the house is wired from outside and does not reach for the wiring. */
export const nobodyImportsARoot = eachOf(
  (path) => isCode(path) && !ROOTS.test(path) && !/\/testing\//.test(path),
  ({ imports }) => imports.filter((name) => isOurs(name) && name !== OPEN_ROOT && ROOTS.test(name)),
)

export const knownFolders: ArchitectureRule = (sources) => {
  const unlisted = unlistedCapabilities(sources.map(({ path }) => path))
  return eachOf(
    (path) => isCode(path) && path.split('/').length > 2,
    ({ path }) => (KNOWN_FOLDERS.has(placeOf(path)) || unlisted.has(placeOf(path)) ? [] : [placeOf(path)]),
  )(sources)
}

export const namedExports = eachOf(isCode, ({ exportsDefault }) => (exportsDefault ? ['default export'] : []))

const MAY_TOUCH = /^(server\/(main|system)\.ts|server\/([a-z]+\/)?testing\/|client\/app\/|client\/main\.tsx|client\/service-worker\/)/
export const realWorldAtTheRoots = eachOf(
  (path) => isCode(path) && !MAY_TOUCH.test(path),
  linesWith(/\b(process\.env|Date\.now\(\)|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|crypto\.randomUUID\()/),
)

export const databasesInStorage = eachOf(
  (path) => isCode(path) && !path.startsWith('server/storage/'),
  ({ imports }) => imports.filter((name) => name === 'libsql' || name === 'mongoose' || name === 'mongodb'),
)

export const policiesInTables: ArchitectureRule = (sources) => {
  const asked = sources.filter(({ path }) => /-policy\.test\.ts$/.test(path)).map(({ text }) => text)
  return eachOf(
    (path) => /^shared\/.*-policy\.ts$/.test(path),
    ({ text }) => [
      ...(/\basync\b|\bawait\b/.test(text) ? ['asynchronous'] : []),
      ...[...text.matchAll(/export function (can\w+)/g)].flatMap(([, name = '']) =>
        asked.some((test) => test.includes(name)) ? [] : [`${name} has no table`],
      ),
    ],
  )(sources)
}

/** An act that is made elsewhere, that no capability lists or that no test writes out would be a right that nobody sees. */
export function actsListed(listed: readonly string[]): ArchitectureRule {
  return (sources) => {
    const tests = sources.filter(({ path }) => isTest(path))
    const isWrittenOut = (name: string, place: string) =>
      tests.some(({ path, text }) => path.startsWith(`shared/${place}/`) && text.includes(`'${name}': [`))
    const madeIn = new Map<string, string>()
    return eachOf(
      (path) => isCode(path) && path !== ACTS_ARE_ASKED,
      ({ path, text }) => {
        const names = [...text.matchAll(/\bdefineAct\(\s*'([a-z-]+\/[a-z-]+)'/g)].map(([, name = '']) => name)
        const made = text.match(/\bdefineAct\(/g) ?? []
        return [
          ...(made.length > 0 && !ACTS_ARE_MADE.test(path) ? ['an act outside of *-acts.ts'] : []),
          ...(made.length > names.length ? ['an act without a plain name'] : []),
          ...(/\bas Act\b|\.\.\.\w+Act\b/.test(text) ? ['an act that defineAct did not make'] : []),
          ...names.flatMap((name) => {
            const before = madeIn.get(name)
            madeIn.set(name, path)
            return [
              ...(before === undefined ? [] : [`${name} is made in ${before} already`]),
              ...(name.startsWith(`${placeOf(path)}/`) ? [] : [`${name} is not named after its capability`]),
              ...(listed.includes(name) ? [] : [`${name} is listed by no capability`]),
              ...(isWrittenOut(name, placeOf(path)) ? [] : [`${name} is written out in no test of its capability`]),
            ]
          }),
        ]
      },
    )(sources)
  }
}
const ACTS_ARE_ASKED = 'shared/cases/may.ts'
const ACTS_ARE_MADE = /^shared\/[a-z-]+\/[a-z-]+-acts\.ts$/

export const namesInProtocols: ArchitectureRule = (sources) => {
  const code = sources.filter(({ path }) => isCode(path))
  const names = new Set(
    code.flatMap(({ text }) => [...text.matchAll(/define(?:Command|Event)\(\s*'([a-z-]+:[a-z-]+)'/g)].map((match) => match[1] ?? '')),
  )
  return eachOf(
    (path) => isCode(path) && !/-protocol\.ts$|\/(contracts|testing)\//.test(path),
    ({ text }) => [...text.matchAll(/'([a-z-]+:[a-z-]+)'/g)].flatMap(([, name = '']) => (names.has(name) ? [name] : [])),
  )(sources)
}

export const smallFiles = eachOf(
  () => true,
  ({ path, text }) => (text.split('\n').length > (isTest(path) ? 601 : 401) ? ['too long'] : []),
)

const IN_WORKERS = ['pdfkit', 'dejavu-fonts-ttf', 'yjs', '@tiptap/core']
/** What `server/main.ts` loads, and all that loads with it. */
export const heavyInWorkers: ArchitectureRule = (sources) => {
  const byPath = new Map(sources.filter(({ path }) => isCode(path)).map((source) => [source.path, source]))
  const loaded = new Map([['server/main.ts', 'the process']])
  for (const [path] of loaded) for (const name of byPath.get(path)?.loads ?? []) if (!loaded.has(name)) loaded.set(name, path)
  return IN_WORKERS.flatMap((name) => (loaded.has(name) ? [`${loaded.get(name)}: ${name}`] : []))
}

// A bundle is read by the words that stand in it; tests make people of every role.
const MAY_NAME_ROLES = /^shared\/cases\/may\.ts$|^(shared|server)\/signing\/bundle\/|\/testing\//
const ROLE = `(${ROLES.join('|')})`
export const rolesByActs = eachOf(
  (path) => isCode(path) && !MAY_NAME_ROLES.test(path),
  linesWith(
    new RegExp(
      `\\b(EVERYBODY|MEDIATORS|OF_SIDES|SIDES|SILENT|roles)\\??\\.(includes|some|every|find|indexOf)\\(|\\brole\\)?\\s*(===|!==)\\s*'${ROLE}'|'${ROLE}'\\s*(===|!==)|case '${ROLE}':`,
    ),
  ),
)

const WIRING = /^(server\/(compose|compose-log|compose-parts|catalogue)\.ts|shared\/catalogue\.ts)$/
/** A root is a list and its wiring: it reads no input and branches on nothing that was said. */
export const rootsOnlyWire = eachOf((path) => WIRING.test(path), linesWith(/^\s*if \(|\bswitch \(|JSON\.parse|zod\/mini|safeParse\(/))

/** Neither does it choose between two values: whoever is built knows what it goes by. */
export const rootsChooseNothing = eachOf(
  (path) => WIRING.test(path) || path === 'server/system.ts',
  linesWith(/[=!]==|&&|\|\||\?\?|\s\?\s|\bif \(|\blength\b/),
)
