// The house rules of style sheets: whose a class is, that it is there and used, in which layer it stands, where a screen changes its shape.
import { type ArchitectureRule, isTest, type Source } from './architecture-rules.ts'

/** A capability's classes begin with its name, but for these. */
const OTHER_PREFIXES: Readonly<Record<string, string>> = { cases: 'case', drafting: 'draft' }
const KIT = 'ui'
/** Drawn by the editor, styled by us. */
const FOREIGN = /^ProseMirror/
/** Tokens, what elements look like by themselves, fonts: before any class. */
const BEFORE_CLASSES = /^client\/ui\/styles\//

const folderOf = (path: string) => path.split('/')[1] ?? ''
const prefixOf = (path: string) => OTHER_PREFIXES[folderOf(path)] ?? folderOf(path)
const hasPrefix = (name: string, prefix: string) => name === prefix || name.startsWith(`${prefix}-`)
const isSheet = ({ path }: Source) => path.startsWith('client/') && path.endsWith('.css')
const isCode = ({ path }: Source) => /^(client|shared)\/.*\.tsx?$/.test(path) && !isTest(path)

interface Block {
  readonly prelude: string
  readonly within: readonly string[]
}

/** What stands before each brace, and within what. */
function blocksOf({ text }: Source): readonly Block[] {
  const blocks: Block[] = []
  const open: string[] = []
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/"[^"]*"/g, '""')
  for (const [, before = '', brace] of bare.matchAll(/([^{};]*)([{};])/g)) {
    if (brace === '{') {
      const prelude = before.trim().replace(/\s+/g, ' ')
      blocks.push({ prelude, within: [...open] })
      open.push(prelude)
    } else if (brace === '}') open.pop()
  }
  return blocks
}

const isSelector = ({ prelude, within }: Block) => !prelude.startsWith('@') && !within.some((each) => each.startsWith('@keyframes'))
const classesIn = (selector: string) => [...selector.matchAll(/\.(-?[a-z_][\w-]*)/gi)].map(([, name = '']) => name)

/** A list of selectors, without looking into parentheses. */
function selectorsOf(prelude: string): readonly string[] {
  let depth = 0
  const parts = ['']
  for (const letter of prelude) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map((part) => part.trim())
}

const WRITTEN = /\bclass(?:Name)?(?:=|: )(\{[^}]*\}|"[^"]*"|'[^']*')/g
/** The classes that code gives to what it draws. */
function classesGiven({ text }: Source): readonly string[] {
  return [...text.matchAll(WRITTEN)].flatMap(([, value = '']) =>
    [...value.matchAll(/["'`]([^"'`]*)["'`]/g)].flatMap(([, names = '']) =>
      names.split(/\s+/).filter((name) => /^[a-z][\w-]*$/i.test(name)),
    ),
  )
}

/** Every word of every string: a class may come by a variable. */
function wordsIn({ text }: Source): readonly string[] {
  return [...text.matchAll(/(["'`])((?:(?!\1).)*)\1/g)].flatMap(([, , words = '']) => words.split(/[\s.${}]+/))
}

const breaches = (source: Source, found: readonly string[]) => found.map((what) => `${source.path}: ${what}`)

export const classesByOwner: ArchitectureRule = (sources) => [
  ...sources.filter(isSheet).flatMap((sheet) => {
    const own = prefixOf(sheet.path)
    const selectors = blocksOf(sheet).filter(isSelector)
    const foreign = selectors
      .flatMap(({ prelude }) => classesIn(prelude))
      .filter((name) => !hasPrefix(name, own) && !hasPrefix(name, KIT) && !FOREIGN.test(name))
    // the kit is restyled within what is one's own, never for everybody
    const everywhere = selectors
      .filter(({ within }) => within.every((each) => each.startsWith('@')))
      .flatMap(({ prelude }) => selectorsOf(prelude))
      .filter((selector) => !BEFORE_CLASSES.test(sheet.path) && !classesIn(selector).some((name) => hasPrefix(name, own)))
      .filter((selector) => own !== KIT || !/^\[data-/.test(selector))
    return breaches(sheet, [...foreign, ...everywhere])
  }),
  ...sources.filter(isCode).flatMap((source) => {
    const own = prefixOf(source.path)
    return breaches(
      source,
      classesGiven(source).filter((name) => !hasPrefix(name, own) && !hasPrefix(name, KIT)),
    )
  }),
]

export const knownClasses: ArchitectureRule = (sources) => {
  const sheets = sources.filter(isSheet)
  const code = sources.filter(isCode)
  const defined = new Set(sheets.flatMap((sheet) => blocksOf(sheet).flatMap(({ prelude }) => classesIn(prelude))))
  const words = new Set(code.flatMap(wordsIn))
  return [
    ...sheets.flatMap((sheet) => {
      const names = blocksOf(sheet)
        .filter(isSelector)
        .flatMap(({ prelude }) => classesIn(prelude))
      return breaches(
        sheet,
        [...new Set(names)].filter((name) => !words.has(name) && !FOREIGN.test(name)).map((name) => `nobody uses ${name}`),
      )
    }),
    ...code.flatMap((source) =>
      breaches(
        source,
        classesGiven(source)
          .filter((name) => !defined.has(name))
          .map((name) => `${name} is defined nowhere`),
      ),
    ),
  ]
}

export const sheetsInLayers: ArchitectureRule = (sources) =>
  sources
    .filter((source) => isSheet(source) && !BEFORE_CLASSES.test(source.path))
    .flatMap((sheet) => {
      const layer = `@layer ${folderOf(sheet.path) === KIT ? 'ui' : 'screens'}`
      const outside = blocksOf(sheet).filter(({ prelude, within }) => within.length === 0 && prelude !== layer)
      return breaches(
        sheet,
        outside.map(({ prelude }) => `${prelude} stands outside of ${layer}`),
      )
    })

const BREAKPOINTS = 'client/ui/styles/breakpoints.ts'
export const namedBreakpoints: ArchitectureRule = (sources) => {
  const given = sources.find(({ path }) => path === BREAKPOINTS)?.text ?? ''
  const known = new Set([...given.matchAll(/^ {2}'?([\w-]+)'?: '\(/gm)].map(([, name = '']) => name))
  return sources.filter(isSheet).flatMap((sheet) => {
    const queries = blocksOf(sheet).flatMap(({ prelude }) => (prelude.startsWith('@media') ? [prelude] : []))
    const nameless = queries.filter((query) => /\b(width|height)\b/.test(query))
    const unknown = queries.flatMap((query) =>
      [...query.matchAll(/\(--([\w-]+)\)/g)].flatMap(([, name = '']) => (known.has(name) ? [] : [name])),
    )
    return breaches(sheet, [...nameless, ...unknown])
  })
}
