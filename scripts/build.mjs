// Builds what production runs: the client by vite, the server as one file with its dependencies outside.
import { join } from 'node:path'
import { build as bundle } from 'esbuild'
import { build as buildClient } from 'vite'

const root = join(import.meta.dirname, '..')
const only = process.argv[2]

if (only !== 'server') await buildClient({ configFile: join(root, 'vite.config.ts'), root: join(root, 'client') })

const server = join(root, 'server/main.ts')
if (only !== 'client') {
  // `packages: 'external'` would also leave `#shared/…` outside, which starts with no dot: so it is only told what node_modules has
  await bundle({
    entryPoints: [server, join(root, 'server/task-thread.ts')],
    outdir: join(root, 'dist/server'),
    entryNames: '[name]',
    bundle: true,
    splitting: true, // what is imported late is loaded late
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    legalComments: 'none',
    plugins: [ownCodeInside()],
  })
}

function ownCodeInside() {
  return {
    name: 'own-code-inside',
    setup(build) {
      // a package's name starts with a letter or @; `#shared/…`, `./…` and absolute paths are our own code
      build.onResolve({ filter: /^[a-z@]/i }, (found) => (found.kind === 'entry-point' ? undefined : { path: found.path, external: true }))
    },
  }
}
