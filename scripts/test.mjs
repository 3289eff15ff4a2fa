// npm test: everything that must hold, on a machine with Node alone (and, on Debian as root, apt).
import { run } from './prepare.mjs'

const steps = [
  ['types, lint, unit and integration', ['scripts/check.mjs']],
  ['build', ['scripts/build.mjs']],
  ['page budget', ['scripts/page-budget.mjs']],
  ['browser', ['scripts/e2e.mjs']],
]
for (const [name, args] of steps) {
  console.log(`\n━━ ${name}`)
  if (run(process.execPath, args) !== 0) {
    console.error(`\n${name}: failed`)
    process.exit(1)
  }
}
console.log('\nAll of it passed.')
