// The process: environment → configuration → installation → platform → listen → drain. The only file that touches `process`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { envToConfig } from '#server/config/config.ts'
import { readEnv } from '#server/config/env.ts'
import { createLog } from '#server/http/log.ts'
import { openLogFile } from '#server/http/log-file.ts'
import { boxed } from './boxed.ts'
import { compose, type Platform } from './compose.ts'
import { demoLines, openDemo } from './demo.ts'
import { type Installation, openInstallation } from './installation.ts'
import { type ExitCode, startFault } from './start-fault.ts'
import { realSystem } from './system.ts'

function stop(lines: readonly string[], exitCode: ExitCode = 2): never {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(exitCode)
}

process.umask(0o077) // whatever this process makes is closed to others from its first byte
// What is no longer needed is collected before it is as much as what is: by itself V8 waits for four times that, which under a flood
// of strangers is a hundred megabytes.
setFlagsFromString('--heap-growing-percent=100')

const env = readEnv(process.env)
if (!env.ok) stop(env.faults)
const checked = envToConfig(env.value)
if (!checked.ok) stop(checked.faults)
const config = checked.value

const journal = createLog({ level: config.logLevel, write: logWriter(config.logFile) })
const system = realSystem()

const clientFolder = join(import.meta.dirname, '../client')
if (!existsSync(join(clientFolder, 'index.html'))) stop([`The pages are missing in ${clientFolder}: run npm run build, or npm start.`])

let opened: Installation | undefined
let stopping = false
try {
  const installation = await openInstallation(config, { ...system, tell: (line) => void process.stdout.write(`${line}\n`) })
  opened = installation
  const platform = compose({ config, installation, system, journal, clientFolder })
  const url = await platform.listen()
  const drain = () => {
    if (stopping) return
    stopping = true
    platform.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', drain)
  process.on('SIGTERM', drain)
  if (config.logFile !== undefined) process.stdout.write(`The log is written to ${config.logFile}\n`)
  process.stdout.write(`${boxed([`Bitim is ready: ${url}`, ...(await waysIn(platform, url))]).join('\n')}\n`)
} catch (error) {
  // Stopped while it said its first words: it is closing already, and ends by itself.
  if (!stopping) await refuse(error)
}

/** Printed last, so that it is what stands above the next prompt: secrets until used, which no log gets. */
async function waysIn({ records, identity, openCase }: Platform, url: string): Promise<readonly string[]> {
  if (config.demo) return demoLines(url, await openDemo({ records, identity, openCase, entropy: system.entropy }))
  const ownerLink = await identity.ownerLink()
  if (!ownerLink) return []
  return ['', 'First run. The owner sets the platform up here, once:', `  ${ownerLink}`, 'To look around with a made-up case: npm run demo']
}

function logWriter(path: string | undefined): (line: string) => void {
  if (path === undefined) return (line) => void process.stdout.write(line)
  try {
    return openLogFile(path)
  } catch {
    return stop([`LOG_FILE=${path} cannot be written: set another file, or remove LOG_FILE to have the log on standard output`])
  }
}

async function refuse(error: unknown): Promise<never> {
  const fault = startFault(error, { host: config.host, port: config.port, storage: config.storage.kind })
  if (!fault) throw error
  await opened?.storage.close().catch(() => undefined) // what stands in the way is said below
  stop([fault.line], fault.exitCode)
}
