// Adds join.html to the built client: what scripts/first-join.ts writes, with the names of this build's files.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'vite'
import { LOCALES, type Locale } from '../shared/kernel/locale.ts'
import { type FirstJoinFiles, firstJoinPage } from './first-join.ts'
import { readTextFolders } from './texts.ts'
import { type Bundle, reached } from './vite-bundle.ts'

export function firstJoinPlugin({ root }: { root: string }): Plugin {
  return {
    name: 'first-join',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_output, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') return this.error('the page is not there yet')
        const script = await awakening(root)
        this.emitFile({ type: 'asset', ...script })
        const source = firstJoinPage(String(page.source), wordsOf(root), filesOf(bundle, script.fileName))
        this.emitFile({ type: 'asset', fileName: 'join.html', source })
      },
    },
  }
}

/** The lines that wake the screen, in a file of their own: the page's rules allow no code inside it. */
async function awakening(root: string): Promise<{ fileName: string; source: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'client/app/first-join/first-words.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
  })
  const source = outputFiles[0]?.text ?? ''
  return { fileName: `assets/first-join-${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.js`, source }
}

function filesOf(bundle: Bundle, script: string): FirstJoinFiles {
  const all = reached(bundle, (output) => output.type === 'chunk' && (output.isEntry || output.name === 'join'))
  const textsOf = (locale: Locale) =>
    ['shell', 'join'].flatMap((group) => Object.keys(bundle).filter((name) => name.startsWith(`assets/${group}-${locale}-`)))
  return {
    script,
    styles: all.filter((name) => name.endsWith('.css')),
    code: all.filter((name) => name.endsWith('.js')),
    texts: { kk: textsOf('kk'), ru: textsOf('ru'), en: textsOf('en') },
  }
}

function wordsOf(root: string): (locale: Locale, id: string) => string {
  const folders = readTextFolders(root)
  const known = new Map(LOCALES.map((locale) => [locale, Object.assign({}, ...folders.map(({ messages }) => messages[locale]))]))
  return (locale, id) => {
    const message: unknown = known.get(locale)?.[id]
    if (typeof message !== 'string') throw new Error(`there is no text ${id} in ${locale}`)
    return message.replace('{step}', '1').replace('{of}', '3')
  }
}
