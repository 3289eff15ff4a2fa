// Gives the client its texts: `virtual:texts` with one loader per group and language, each compiled into a file of its own.
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

export function textsPlugin(options: { root: string; groups: TextGroups }): Plugin {
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
      if (group === undefined) return entryModule(Object.keys(groups))
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

function entryModule(groups: readonly string[]): string {
  const lines = groups.flatMap((group) => TEXT_LOCALES.map((locale) => `'${group}/${locale}': () => import('${ENTRY}/${group}/${locale}')`))
  return `const loaders = {\n${lines.join(',\n')}\n}\nexport const loadTexts = async (group, locale) => (await loaders[group + '/' + locale]()).messages`
}
