// The process: environment → configuration → installation → platform → listen → drain. The only file that touches `process`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { envToConfig } from '#server/config/config.ts'
import { readEnv } from '#server/config/env.ts'
import { SecretsFault } from '#server/config/secrets.ts'
import { createLog } from '#server/http/log.ts'
import { StorageLockedError } from '#server/storage/failure.ts'
import { compose } from './compose.ts'
import { demoLines, openDemo } from './demo.ts'
import { openInstallation } from './installation.ts'
import { realSystem } from './system.ts'

/** 2: something in the configuration or the folder must be mended by hand. */
const MEND = 2

function stop(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(MEND)
}

const env = readEnv(process.env)
if (!env.ok) stop(env.faults)
const checked = envToConfig(env.value)
if (!checked.ok) stop(checked.faults)
const config = checked.value

const journal = createLog({ level: config.logLevel, write: (line) => void process.stdout.write(line) })
const system = realSystem()

try {
  const installation = await openInstallation(config, system)
  const clientFolder = join(import.meta.dirname, '../client')
  const platform = compose({
    config,
    installation,
    system,
    journal,
    clientFolder: existsSync(join(clientFolder, 'index.html')) ? clientFolder : undefined,
  })
  const url = await platform.listen()
  process.stdout.write(`\nBitim is ready: ${url}\n`)
  if (config.demo) {
    const links = await openDemo({
      records: platform.records,
      identity: platform.identity,
      openCase: platform.openCase,
      entropy: system.entropy,
    })
    process.stdout.write(`${demoLines(url, links).join('\n')}\n`)
  } else {
    const ownerLink = await platform.identity.ownerLink()
    if (ownerLink) {
      process.stdout.write(`First run. The owner sets the platform up here, once: ${ownerLink}\n`)
      process.stdout.write('To look around with a made-up case instead: npm run demo\n')
    }
  }

  let stopping = false
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
} catch (error) {
  if (error instanceof SecretsFault || error instanceof StorageLockedError) stop([error.message])
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    stop([`Port ${config.port} is taken: set PORT to another one.`])
  throw error
}
