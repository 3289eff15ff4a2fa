// Builds client/service-worker/ beside the client and tells it which files make the shell: the page, its icons, what every page loads
// at once; and, for updates, words and screens without which nobody gets any further. The rest is kept when it is first used.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>

export function serviceWorkerPlugin(options: { root: string }): Plugin {
  return {
    name: 'bitim-service-worker',
    apply: 'build',
    // after vite has taken out the chunks that held nothing but styles
    generateBundle: {
      order: 'post',
      async handler(_output, bundle) {
        const code = reached(bundle, (output) => output.type === 'chunk' && (output.isEntry || output.name === 'landing'))
        const fonts = Object.keys(bundle).filter((name) => /^assets\/onest-[\w-]+\.woff2$/.test(name))
        const files = ['index.html', 'manifest.webmanifest', 'icon.svg', ...new Set([...code, ...fonts])]
        const first = reached(bundle, ({ fileName }) => /^assets\/(join|shell-\w\w)-[\w-]+\.js$/.test(fileName))
        const shell = { files: files.map(pathOf), more: first.filter((name) => !files.includes(name)).map(pathOf) }
        const version = createHash('sha256').update(versionOf(bundle)).digest('hex').slice(0, 12)
        const result = await build({
          entryPoints: [join(options.root, 'client/service-worker/service-worker.ts')],
          bundle: true,
          write: false,
          minify: true,
          format: 'iife',
          target: 'es2022',
          define: { SHELL: JSON.stringify({ ...shell, version }) },
        })
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: result.outputFiles[0]?.text ?? '' })
      },
    },
  }
}

/** The chunks that are meant, with all that is loaded with them. */
function reached(bundle: Bundle, isMeant: (output: Bundle[string]) => boolean): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || found.has(name)) return
    found.add(name)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset)
    for (const next of chunk.imports) visit(next)
  }
  for (const [name, output] of Object.entries(bundle)) if (isMeant(output)) visit(name)
  return [...found].sort()
}

const pathOf = (name: string) => `/${name}`

function versionOf(bundle: Bundle): string {
  return Object.values(bundle)
    .map((output) => (output.type === 'asset' && output.fileName === 'index.html' ? String(output.source) : output.fileName))
    .sort()
    .join('\n')
}
