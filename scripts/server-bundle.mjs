// The server as production runs it: its own code in a few files, its packages outside.
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** esbuild's result; written to `dist/server` unless `write` is false. */
export function bundleServer({ write = true } = {}) {
  return build({
    entryPoints: [join(root, 'server/main.ts'), join(root, 'server/task-thread.ts')],
    outdir: join(root, 'dist/server'),
    entryNames: '[name]',
    bundle: true,
    splitting: true, // what is imported late is loaded late
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    legalComments: 'none',
    // `packages: 'external'` would also leave `#shared/…` outside, which starts with no dot: so it is only told what node_modules has
    plugins: [ownCodeInside()],
    metafile: true,
    write,
  })
}

/** Of these packages one part is needed, which needs nothing of what the rest does. */
const BUILT_IN = /^(?:qrcode\/lib\/core\/|dijkstrajs$)/

function ownCodeInside() {
  return {
    name: 'own-code-inside',
    setup(builder) {
      // a package's name starts with a letter or @; `#shared/…`, `./…` and absolute paths are our own code
      builder.onResolve({ filter: /^[a-z@]/i }, (found) =>
        found.kind === 'entry-point' || BUILT_IN.test(found.path) ? undefined : { path: found.path, external: true },
      )
    },
  }
}
