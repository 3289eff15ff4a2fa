// What stands on the screen, taken from the product's own texts, so that a better word breaks no test.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '#shared/kernel/locale.ts'

const root = join(import.meta.dirname, '..')
const cache = new Map<Locale, ReadonlyMap<string, string>>()

function textsOf(locale: Locale): ReadonlyMap<string, string> {
  const known = cache.get(locale)
  if (known) return known
  const texts = new Map<string, string>()
  for (const tree of ['shared', 'client']) {
    for (const name of readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith(`texts/${locale}.json`)) continue
      for (const [id, text] of Object.entries(JSON.parse(readFileSync(join(root, tree, name), 'utf8')))) texts.set(id, String(text))
    }
  }
  cache.set(locale, texts)
  return texts
}

/** The text with its plain values filled in; throws on an id that the product does not have. */
export function say(locale: Locale, id: string, values: Readonly<Record<string, string>> = {}): string {
  const text = textsOf(locale).get(id)
  if (text === undefined) throw new Error(`no text ${id} in ${locale}`)
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole).replaceAll(/<\/?\w+>/g, '')
}

/** Matches the text whatever its values are: plurals and names become anything. */
export function like(locale: Locale, id: string): RegExp {
  const text = say(locale, id)
  let pattern = ''
  let depth = 0
  for (const character of text) {
    if (character === '{') {
      if (depth === 0) pattern += '.*'
      depth++
    } else if (character === '}') depth--
    else if (depth === 0) pattern += character.replace(/[\\^$.*+?()[\]|]/g, '\\$&')
  }
  if (pattern === '.*') throw new Error(`${id} is nothing but a value`)
  return new RegExp(`^${pattern}$`, 's')
}
