// Builds what production runs: the client by vite, the server as a few files with its packages outside.
import { join } from 'node:path'
import { build as buildClient } from 'vite'
import { inputsNumber, rememberBuilt } from './build-inputs.mjs'
import { filesIn, pruneFormerAssets } from './former-assets.mjs'
import { root } from './prepare.mjs'
import { bundleServer } from './server-bundle.mjs'

const only = process.argv[2]
const inputs = inputsNumber() // before anything is read: what changes meanwhile is built next time

if (only !== 'server') {
  const { output } = await buildClient({ configFile: join(root, 'vite.config.ts'), root: join(root, 'client') })
  const current = new Set([...output.map(({ fileName }) => fileName), ...filesIn(join(root, 'client/public'))])
  pruneFormerAssets(join(root, 'dist'), current, new Date())
}
if (only !== 'client') await bundleServer()
if (only === undefined) rememberBuilt(inputs)
