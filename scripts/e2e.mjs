// npm run e2e: the browser tests, against the built server on ports of the system's choice.
import { bin, demandNode, installPackages, installSystem, run, TEST_TOOLS } from './prepare.mjs'

demandNode()
installPackages()
installSystem(TEST_TOOLS)
process.exitCode = run(bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)])
