// Gives the client its texts: `virtual:texts` with one loader per group and language, each compiled into a file of its own. Where the files of all
// but the first groups lie is told by a table for each language: a page carries the names of one language alone.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import {
  allGroups,
  compileCatalogue,
  declareTexts,
  readTextFolders,
  TEXT_LOCALES,
  type TextGroups,
  type TextLocale,
  textFaults,
  textFiles,
} from './texts.ts'

const ENTRY = 'virtual:texts'
const RESOLVED = '\0virtual:texts'
const TABLE = 'table'

/** `first`: the groups that a page may need before it could have read a table. */
export function textsPlugin(options: { root: string; groups: TextGroups; first: readonly string[] }): Plugin {
  const { root, groups } = options
  return {
    name: 'bitim-texts',
    buildStart() {
      const folders = readTextFolders(root)
      const faults = textFaults(folders, groups)
      const words = `Texts are not complete:\n  ${faults.join('\n  ')}`
      // while somebody writes, half of a text is there: the dev server says so and goes on, a build does not
      if (faults.length > 0 && this.meta.watchMode) this.warn(words)
      else if (faults.length > 0) this.error(words)
      writeFileSync(join(root, 'client/i18n/known-texts.generated.d.ts'), declareTexts(folders))
    },
    resolveId: (id) => (id === ENTRY || id.startsWith(`${ENTRY}/`) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(RESOLVED)) return undefined
      const [, group, locale] = id.slice(1).split('/')
      const folders = readTextFolders(root)
      for (const file of textFiles(folders, root)) if (existsSync(file)) this.addWatchFile(file)
      if (group === undefined) return entryModule(options.first)
      const later = Object.keys(groups).filter((each) => !options.first.includes(each))
      if (group === TABLE) return tableModule(later, locale as TextLocale)
      const catalogue = compileCatalogue(folders, allGroups(folders, groups)[group] ?? [], locale as TextLocale)
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(catalogue))})`
    },
    handleHotUpdate({ file, server }) {
      if (!/\/texts\/\w+\.json$/.test(file)) return
      writeFileSync(join(root, 'client/i18n/known-texts.generated.d.ts'), declareTexts(readTextFolders(root)))
      for (const module of server.moduleGraph.idToModuleMap.values()) {
        if (module.id?.startsWith(RESOLVED)) server.moduleGraph.invalidateModule(module)
      }
      server.ws.send({ type: 'full-reload' })
    },
  }
}

function entryModule(first: readonly string[]): string {
  const loaders = first.flatMap((group) => TEXT_LOCALES.map((locale) => `'${group}/${locale}': ${loaderOf(group, locale)}`))
  const tables = TEXT_LOCALES.map((locale) => `${locale}: ${loaderOf(TABLE, locale)}`)
  return [
    `const loaders = {\n${loaders.join(',\n')}\n}`,
    `const tables = {\n${tables.join(',\n')}\n}`,
    'const later = async (group, locale) => (await tables[locale]()).loaders[group]()',
    "export const loadTexts = async (group, locale) => (await (loaders[group + '/' + locale] ?? (() => later(group, locale)))()).messages",
  ].join('\n')
}

function tableModule(groups: readonly string[], locale: TextLocale): string {
  return `export const loaders = {\n${groups.map((group) => `'${group}': ${loaderOf(group, locale)}`).join(',\n')}\n}`
}

const loaderOf = (group: string, locale: TextLocale) => `() => import('${ENTRY}/${group}/${locale}')`
