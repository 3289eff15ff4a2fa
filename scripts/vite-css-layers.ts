// Style sheets arrive chunk by chunk, in whatever order pages need them; the first one fixes the order of layers for good. So each begins with that order.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

export function cssLayersPlugin({ root }: { root: string }): Plugin {
  const order = /^@layer [\w, -]+;/m.exec(readFileSync(join(root, 'client/ui/styles/tokens.css'), 'utf8'))?.[0]
  if (!order) throw new Error('client/ui/styles/tokens.css names no order of layers')
  return {
    name: 'css-layers',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css') && typeof file.source === 'string' && !file.source.startsWith(order)) {
          file.source = `${order}${file.source}`
        }
      }
    },
  }
}
