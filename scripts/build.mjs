// Builds what production runs: the client by vite, the server as a few files with its packages outside.
import { join } from 'node:path'
import { build as buildClient } from 'vite'
import { bundleServer } from './server-bundle.mjs'

const root = join(import.meta.dirname, '..')
const only = process.argv[2]

if (only !== 'server') await buildClient({ configFile: join(root, 'vite.config.ts'), root: join(root, 'client') })
if (only !== 'client') await bundleServer()
