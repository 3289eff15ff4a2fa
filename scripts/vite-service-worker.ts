// Builds client/service-worker/ beside the client and tells it which files make the shell: the page, its icons, and what the
// first page loads at once. Code that comes later is kept by the worker when it is first used.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>

export function serviceWorkerPlugin(options: { root: string }): Plugin {
  return {
    name: 'bitim-service-worker',
    apply: 'build',
    async generateBundle(_output, bundle) {
      const files = ['/index.html', '/manifest.webmanifest', '/icon.svg', ...shellFiles(bundle)]
      const version = createHash('sha256').update(versionOf(bundle)).digest('hex').slice(0, 12)
      const result = await build({
        entryPoints: [join(options.root, 'client/service-worker/service-worker.ts')],
        bundle: true,
        write: false,
        minify: true,
        format: 'iife',
        target: 'es2022',
        define: { SHELL: JSON.stringify({ version, files }) },
      })
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: result.outputFiles[0]?.text ?? '' })
    },
  }
}

function shellFiles(bundle: Bundle): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || found.has(`/${name}`)) return
    found.add(`/${name}`)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(`/${style}`)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(`/${asset}`)
    for (const next of chunk.imports) visit(next)
  }
  for (const output of Object.values(bundle)) if (output.type === 'chunk' && output.isEntry) visit(output.fileName)
  const firstLook = /^assets\/(landing|join|shell-\w\w|onest-[\w-]+)-.*\.(js|css|woff2)$/
  for (const [name, output] of Object.entries(bundle)) {
    if (!firstLook.test(name)) continue
    if (output.type === 'chunk') visit(name)
    else found.add(`/${name}`)
  }
  return [...found].sort()
}

function versionOf(bundle: Bundle): string {
  return Object.values(bundle)
    .map((output) => (output.type === 'asset' && output.fileName === 'index.html' ? String(output.source) : output.fileName))
    .sort()
    .join('\n')
}
