// One word, one meaning: what is exported, and what files and folders are called, against docs/glossary.md. Ordinary English words of
// programming stand in vocabulary-words.txt beside this file; whoever needs a new word adds it there, or first to the glossary if it means
// something of this house.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { ALIASES } from '#shared/protocol/aliases.ts'

const root = join(import.meta.dirname, '..')
const TREES = ['shared', 'server', 'client', 'scripts', 'e2e', 'bench', 'tools']
const NOT_OURS = /(^|\/)(node_modules|fixtures|traces|results|fonts|peers|public|target|lib\/[^/]*\.jar)(\/|$)/

const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
const ordinary = new Set(
  readFileSync(join(import.meta.dirname, 'vocabulary-words.txt'), 'utf8')
    .split(/\s+/)
    .filter(Boolean),
)

/** Old words and what stands for them now. */
const REPLACED: Readonly<Record<string, string>> = {
  desk: 'session',
  seat: 'session',
  parcel: 'pending message',
  order: 'outbox entry',
  shelf: 'device storage',
  drawer: 'device storage',
  skeleton: 'template',
  workshop: 'worker',
  happened: 'event',
  happening: 'event',
  ledger: 'aggregate',
  witness: 'presence audience',
  strip: 'sync status',
  veil: 'hidden',
  veiled: 'hidden',
  soon: 'defer',
  unseal: 'decrypt',
  sealer: 'cipher',
  door: 'guessing limit',
  ration: 'pass limit',
  pen: 'writer',
  m: 'seq',
  n: 'commit number',
  u: 'revision',
}
/** Words that only one place may use: seals are the installation's signatures, a line is not a connection. */
const ONLY_IN: readonly { readonly word: RegExp; readonly where: RegExp; readonly instead: string }[] = [
  { word: /^seal(s|ed|ing)?$/, where: /\/signing\/|^server\/(config|installation)/, instead: 'encrypt, decrypt' },
  { word: /^lines?$/, where: /^(?!(client|server)\/realtime\/)/, instead: 'connection, transport' },
]
/** The field's own words, which look like replaced ones. */
const MAY_STAY = new Set(['Skeleton', 'i18n'])

const wordsOf = (name: string): readonly string[] =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase()).filter((word) => !/^\d+$/.test(word))
const singular = (word: string): string => (word.length < 4 ? word : word.replace(/(?<=[^s])s$/, '').replace(/(?<=ss|x|ch|sh)e$/, ''))

/** Terms of both tables: what is bold in the house's, the English column of the people's. */
function termsIn(text: string): ReadonlySet<string> {
  const people = [...text.matchAll(/^\| ([A-Za-z][^|*]*) \|(?: [^|]*\|){3}$/gm)].map(([, term = '']) => term)
  const house = [...text.matchAll(/^\| (\*\*[^|]*) \|/gm)].map(([, term = '']) => term)
  return new Set([...people, ...house].flatMap((term) => wordsOf(term.toLowerCase())))
}
const terms = termsIn(glossary.slice(0, glossary.indexOf('## Old names')))

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`
    if (NOT_OURS.test(path)) return []
    return statSync(join(root, path)).isDirectory() ? [path, ...filesIn(path)] : [path]
  })
}
const paths = TREES.flatMap(filesIn)

interface Named {
  readonly name: string
  readonly path: string
}

function exportsOf(path: string): readonly Named[] {
  const { module } = parseSync(path, readFileSync(join(root, path), 'utf8'))
  const names = module.staticExports.flatMap(({ entries }) => entries.flatMap(({ exportName }) => exportName.name ?? []))
  return names.map((name) => ({ name, path }))
}
const exported = paths.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')).flatMap(exportsOf)
const places = paths.map((path): Named => ({ name: basename(path).replace(/\.[a-z0-9.]+$/, ''), path }))

function replaced({ name, path }: Named): readonly string[] {
  if (MAY_STAY.has(name)) return []
  return wordsOf(name).flatMap((word) => {
    const old = Object.hasOwn(REPLACED, word) ? word : singular(word)
    const now = Object.hasOwn(REPLACED, old)
      ? REPLACED[old]
      : ONLY_IN.find((each) => each.word.test(word) && !each.where.test(path))?.instead
    return now === undefined ? [] : [`${path}: ${name}: not "${word}" but: ${now}`]
  })
}

function unknown({ name, path }: Named): readonly string[] {
  if (MAY_STAY.has(name)) return []
  const isKnown = (word: string) => [word, singular(word)].some((each) => terms.has(each) || ordinary.has(each))
  return wordsOf(name).flatMap((word) => (isKnown(word) ? [] : [`${path}: ${name}: ${word}`]))
}

describe('one vocabulary', () => {
  it('[VOC-1] each word of an exported name is one of the glossary or an ordinary one', () => {
    expect(exported.length).toBeGreaterThan(1_000)
    expect(terms.size).toBeGreaterThan(150)
    expect(exported.flatMap(unknown)).toEqual([])
  })

  it('[VOC-2] words that were replaced stand in no exported name, nor where another word is meant', () => {
    expect(exported.flatMap(replaced)).toEqual([])
  })

  it('[VOC-3] files and folders are called by the same words', () => {
    expect(places.length).toBeGreaterThan(500)
    expect([...places.flatMap(replaced), ...places.flatMap(unknown)]).toEqual([])
  })

  it('[VOC-4] what was replaced, and every alias, has its line in the glossary', () => {
    const old = glossary.slice(glossary.indexOf('## Old names'))
    const named = new Set([...old.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) => wordsOf(names)))
    const aliases = Object.values(ALIASES).flatMap((each) => Object.keys(each))
    expect([...Object.keys(REPLACED), ...aliases].filter((word) => ![...named].some((each) => singular(each) === singular(word)))).toEqual(
      [],
    )
  })
})
