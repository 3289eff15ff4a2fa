// Reads, checks and compiles the words for people: `<tree>/<capability>/texts/{kk,ru,en}.json`, flat objects of ICU messages.
// A text that one language lacks, an argument that differs between languages, or a text that falls between groups stops the build.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CompiledMessage, compileMessage } from '@lingui/message-utils/compileMessage'

export const TEXT_LOCALES = ['kk', 'ru', 'en'] as const
export type TextLocale = (typeof TEXT_LOCALES)[number]

/** One `texts` folder: the capability it belongs to and its messages as written, by language and id. */
export interface TextFolder {
  readonly capability: string
  readonly path: string
  readonly messages: Readonly<Record<TextLocale, Readonly<Record<string, string>>>>
}

/** Names of capabilities or beginnings of ids, by the group that they travel in. */
export type TextGroups = Readonly<Record<string, readonly string[]>>

/** The group of a capability that no group names. */
const USUAL_GROUP = 'room'

/** What a message needs from its caller; a kind other than `text` must be a number. */
export type TextArguments = ReadonlyMap<string, 'text' | 'number'>

// What the languages' grammars ask for in a plural (Unicode CLDR); `other` is asked for by ICU itself.
const PLURAL_FORMS: Readonly<Record<TextLocale, readonly string[]>> = { kk: ['one'], ru: ['one', 'few', 'many'], en: ['one'] }

export function readTextFolders(root: string): TextFolder[] {
  const folders: TextFolder[] = []
  for (const tree of ['shared', 'client']) {
    if (!existsSync(join(root, tree))) continue
    for (const capability of readdirSync(join(root, tree)).sort()) {
      const path = join(tree, capability, 'texts')
      if (!existsSync(join(root, path))) continue
      const [kk, ru, en] = TEXT_LOCALES.map((locale) => readMessages(join(root, path, `${locale}.json`)))
      folders.push({ capability, path, messages: { kk: kk ?? {}, ru: ru ?? {}, en: en ?? {} } })
    }
  }
  return folders
}

function readMessages(file: string): Record<string, string> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
}

export function textFiles(folders: readonly TextFolder[], root: string): string[] {
  return folders.flatMap(({ path }) => TEXT_LOCALES.map((locale) => join(root, path, `${locale}.json`)))
}

/** Every fault in words, empty when the texts are complete and agree with each other. */
export function textFaults(folders: readonly TextFolder[], groups?: TextGroups): string[] {
  const all = groups && allGroups(folders, groups)
  const faults: string[] = []
  const owners = new Map<string, string>()
  for (const folder of folders) {
    const ids = new Set(TEXT_LOCALES.flatMap((locale) => Object.keys(folder.messages[locale])))
    const unloaded = all ? [...ids].filter((id) => !Object.values(all).some((names) => isIn(names, id))) : []
    if (unloaded.length > 0) faults.push(`${folder.path}: no group of client/app/text-groups.ts loads ${unloaded.join(', ')}`)
    for (const id of ids) {
      if (!id.startsWith(`${folder.capability}.`)) faults.push(`${folder.path}: ${id} must begin with "${folder.capability}."`)
      const owner = owners.get(id)
      if (owner !== undefined) faults.push(`${id} stands in ${owner} and in ${folder.path}`)
      owners.set(id, folder.path)
      faults.push(...messageFaults(folder, id))
    }
  }
  return faults
}

function messageFaults(folder: TextFolder, id: string): string[] {
  const faults: string[] = []
  const needs = new Map<TextLocale, string>()
  for (const locale of TEXT_LOCALES) {
    const message = folder.messages[locale][id]
    if (typeof message !== 'string' || message.trim() === '') {
      faults.push(`${folder.path}/${locale}.json: ${id} is missing`)
      continue
    }
    try {
      const compiled = compileText(message)
      needs.set(locale, signature(compiled, message))
      for (const form of missingForms(compiled, locale)) faults.push(`${folder.path}/${locale}.json: ${id} has a plural without "${form}"`)
    } catch (error) {
      faults.push(`${folder.path}/${locale}.json: ${id} is no ICU message: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (new Set(needs.values()).size > 1) {
    const list = [...needs].map(([locale, need]) => `${locale} {${need}}`).join(', ')
    faults.push(`${folder.path}: ${id} needs different things: ${list}`)
  }
  return faults
}

function signature(compiled: CompiledMessage, message: string): string {
  const tags = [...message.matchAll(/<\/([\w-]+)>/g)].map((match) => `<${match[1]}>`)
  const names = [...argumentsOf(compiled)].map(([name, kind]) => `${name}:${kind}`)
  return [...new Set([...names, ...tags])].sort().join(' ')
}

/** Throws what the ICU parser has to say when the message is malformed. */
export function compileText(message: string): CompiledMessage {
  // lingui prints malformed messages to the console and goes on; the original parser error is what a translator needs
  const print = console.error
  let complaint: string | undefined
  console.error = (...words: unknown[]) => {
    complaint = words.map(String).join(' ')
  }
  try {
    const compiled = compileMessage(message)
    if (complaint !== undefined) throw new Error(complaint)
    return compiled
  } finally {
    console.error = print
  }
}

type Forms = Readonly<Record<string, CompiledMessage | number | undefined>>

// A compiled message is text, or a list of texts and of [name, kind, forms].
function placeholders(compiled: CompiledMessage): Array<{ name: string; kind: string | undefined; forms: Forms | undefined }> {
  if (typeof compiled === 'string') return []
  return compiled.flatMap((token) => {
    if (typeof token === 'string') return []
    const [name, kind, rest] = token as [string, string?, unknown?]
    return [{ name, kind, forms: typeof rest === 'object' && rest !== null ? (rest as Forms) : undefined }]
  })
}

function branches(forms: Forms | undefined): CompiledMessage[] {
  return Object.values(forms ?? {}).filter((form): form is CompiledMessage => typeof form === 'string' || Array.isArray(form))
}

export function argumentsOf(compiled: CompiledMessage): TextArguments {
  const found = new Map<string, 'text' | 'number'>()
  for (const { name, kind, forms } of placeholders(compiled)) {
    if (name !== '#')
      found.set(name, kind === 'plural' || kind === 'selectordinal' || kind === 'number' ? 'number' : (found.get(name) ?? 'text'))
    for (const branch of branches(forms)) for (const [inner, k] of argumentsOf(branch)) if (!found.has(inner)) found.set(inner, k)
  }
  return found
}

function missingForms(compiled: CompiledMessage, locale: TextLocale): string[] {
  return placeholders(compiled).flatMap(({ kind, forms }) => {
    const missing = kind === 'plural' ? PLURAL_FORMS[locale].filter((form) => !(form in (forms ?? {}))) : []
    return [...missing, ...branches(forms).flatMap((branch) => missingForms(branch, locale))]
  })
}

/** With those capabilities in the usual group that stand in none, not even with a part of their texts. */
export function allGroups(folders: readonly TextFolder[], groups: TextGroups): TextGroups {
  const names = Object.values(groups).flat()
  const isNamed = (capability: string) => names.some((name) => name === capability || name.startsWith(`${capability}.`))
  const unnamed = [...new Set(folders.map(({ capability }) => capability))].filter((capability) => !isNamed(capability))
  return unnamed.length === 0 ? groups : { ...groups, [USUAL_GROUP]: [...(groups[USUAL_GROUP] ?? []), ...unnamed] }
}

/** A group names capabilities (`rooms`) or beginnings of ids (`identity.join`). */
function isIn(names: readonly string[], id: string): boolean {
  return names.some((name) => id === name || id.startsWith(`${name}.`))
}

/** All messages of a group in one language, compiled for the browser. */
export function compileCatalogue(
  folders: readonly TextFolder[],
  names: readonly string[],
  locale: TextLocale,
): Record<string, CompiledMessage> {
  const catalogue: Record<string, CompiledMessage> = {}
  for (const folder of folders) {
    for (const [id, message] of Object.entries(folder.messages[locale])) if (isIn(names, id)) catalogue[id] = compileText(message)
  }
  return catalogue
}

/** A declaration file: every text id with the values it needs, so that a wrong id or a missing value is a type error. */
export function declareTexts(folders: readonly TextFolder[]): string {
  const lines = folders
    .flatMap(({ messages }) => Object.entries(messages.en))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, message]) => {
      const values = [...argumentsOf(compileText(message))].map(
        ([name, kind]) => `${JSON.stringify(name)}: ${kind === 'number' ? 'number' : 'TextValue'}`,
      )
      return `    ${JSON.stringify(id)}: { ${values.join('; ')} }`
    })
  return [
    '// Made from the texts folders by `npm run types` or the dev server. Not kept in git.',
    "import type { TextValue } from '#client/i18n/text-ids.ts'",
    "declare module '#client/i18n/text-ids.ts' {",
    '  interface KnownTexts {',
    ...lines,
    '  }',
    '}',
    '',
  ].join('\n')
}
