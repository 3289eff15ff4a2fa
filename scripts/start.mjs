// npm start: installs, builds when something changed, starts the platform. npm run demo: the same with a made-up case and ready links.
// What people read stands in the terminal, ways in last; what programs read goes into log files.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { inputsNumber, isBuilt } from './build-inputs.mjs'
import { demandNode, installPackages, root, serverFlags } from './prepare.mjs'
import { complain, print } from './print.mjs'
import { openBrowser, openingCommand } from './start/browser.mjs'
import { moveAside } from './start/move-aside.mjs'
import { portFault } from './start/port.mjs'

demandNode()
const { demo, fresh, isOpening } = readOptions()
const asked = [...(fresh ? ['--fresh'] : []), ...(isOpening ? [] : ['--no-open'])]
const command = [demo ? 'npm run demo' : 'npm start', ...(asked.length > 0 ? ['--', ...asked] : [])].join(' ')
const taken = await portFault(process.env, command)
if (taken.length > 0) stop(taken)
installPackages()
const settings = demo ? { DEMO: '1', DATA_FOLDER: process.env.DATA_FOLDER || './data/demo' } : {}
if (fresh) await beginAnew(settings.DATA_FOLDER)
buildIfNeeded()
startServer()

function readOptions() {
  const boolean = { type: 'boolean', default: false }
  try {
    const { values } = parseArgs({ options: { demo: boolean, fresh: boolean, 'no-open': boolean } })
    if (values.fresh && !values.demo) throw new Error('--fresh is for the demo: npm run demo -- --fresh')
    return { demo: values.demo, fresh: values.fresh, isOpening: !values['no-open'] }
  } catch (error) {
    stop([error.message, 'npm start -- --no-open: opens no browser', 'npm run demo -- --fresh: begins with a new case'])
  }
}

async function beginAnew(folder) {
  try {
    const aside = await moveAside(folder)
    if (aside) print(`The demo begins anew. What was in ${folder} lies in ${aside}; delete it when you no longer need it.`)
  } catch (error) {
    stop([`${folder} cannot be moved aside: ${error.message}`])
  }
}

function buildIfNeeded() {
  if (isBuilt(inputsNumber())) return
  print('Building… (only when something has changed)')
  mkdirSync(join(root, 'dist'), { recursive: true })
  const log = join(root, 'dist/build.log')
  const file = openSync(log, 'w')
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', file, file] })
  closeSync(file)
  if (status !== 0) stop([readFileSync(log, 'utf8'), 'The build has failed; what it said stands above.'], 1)
}

function startServer() {
  const server = spawn(process.execPath, [...serverFlags(), join(root, 'dist/server/main.js')], {
    cwd: process.cwd(),
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { LOG_FILE: demo ? 'logs/demo.log' : 'logs/bitim.log', ...process.env, NODE_ENV: 'production', ...settings },
  })
  const opening = openingCommand({
    platform: process.platform,
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    isWanted: isOpening,
  })
  createInterface({ input: server.stdout }).on('line', (line) => {
    print(line)
    const address = /Bitim is ready: (\S+)/.exec(line)?.[1]
    if (address && opening) openBrowser(opening, address)
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
  // `close`: all that it said has been passed on. Ended by a signal it did not ask for: whoever watches starts again.
  server.on('close', (code) => process.exit(code ?? 1))
}

function stop(lines, exitCode = 2) {
  for (const line of lines.flatMap((each) => each.split('\n'))) complain(line)
  process.exit(exitCode)
}
