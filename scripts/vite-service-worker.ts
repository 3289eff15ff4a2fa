// Builds client/service-worker/ beside the client and tells it which files make the shell: the page, its icons, what every page loads
// at once; and, for updates, words and screens without which nobody gets any further. The rest is kept when it is first used.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'vite'
import { type Bundle, reached } from './vite-bundle.ts'

export function serviceWorkerPlugin(options: { root: string }): Plugin {
  return {
    name: 'bitim-service-worker',
    apply: 'build',
    // after vite has taken out the chunks that held nothing but styles
    generateBundle: {
      order: 'post',
      async handler(_output, bundle) {
        const code = reached(bundle, (output) => output.type === 'chunk' && output.isEntry)
        const fonts = Object.keys(bundle).filter((name) => /^assets\/onest-[\w-]+\.woff2$/.test(name))
        const files = ['index.html', 'join.html', 'manifest.webmanifest', 'icon.svg', ...new Set([...code, ...fonts])]
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

const pathOf = (name: string) => `/${name}`

function versionOf(bundle: Bundle): string {
  return Object.values(bundle)
    .map((output) => (output.type === 'asset' && output.fileName.endsWith('.html') ? String(output.source) : output.fileName))
    .sort()
    .join('\n')
}
