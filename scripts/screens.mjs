// npm run screens: every main screen in three languages, sizes and colour schemes, into screens/. `-- readme`: the README's pictures.
// `-- kk ru`: only these languages.
import { join } from 'node:path'
import { bin, demandNode, installPackages, installSystem, root, run, TEST_TOOLS } from './prepare.mjs'

demandNode()
installPackages()
installSystem(TEST_TOOLS.filter(({ command }) => command === 'chromium'))
const wanted = process.argv.slice(2)
const readme = wanted.includes('readme')
const failed =
  run(process.execPath, ['scripts/build.mjs']) ||
  run(bin('playwright'), ['test', '--config', 'e2e/screens/playwright.config.ts', readme ? 'readme' : 'all'], {
    SCREENS_LOCALES: readme ? '' : wanted.join(' '),
  })
console.log(readme ? join(root, 'docs/screenshots') : `${join(root, 'screens')}\n${join(root, 'screens/index.html')}`)
process.exitCode = failed
