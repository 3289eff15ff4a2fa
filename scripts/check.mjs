// npm run check: types, lint and format, unit and integration tests; what runs before each commit.
import { bin, demandNode, installPackages, installSystem, run, TEST_TOOLS } from './prepare.mjs'

demandNode()
installPackages()
installSystem(TEST_TOOLS)
const steps = [
  ['types', () => run(process.execPath, ['scripts/types.mjs'])],
  ['lint', () => run(bin('biome'), ['check', '--error-on-warnings', '.'])],
  ['references', () => run(process.execPath, ['scripts/docs.mjs', '--check'])],
  ['unit', () => run(bin('vitest'), ['run', ...process.argv.slice(2)])],
]
for (const [name, step] of steps) {
  console.log(`\n── ${name}`)
  if (step() !== 0) {
    console.error(`\n${name} failed`)
    process.exit(1)
  }
}
