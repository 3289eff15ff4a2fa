// npm run docs: writes the protocol and HTTP references from the very definitions that the server parses by. `--check` fails when they are stale.
import { bin, demandNode, installPackages, run } from './prepare.mjs'

demandNode()
installPackages()
process.exitCode = run(bin('tsx'), ['scripts/docs/write-references.ts', ...process.argv.slice(2)])
