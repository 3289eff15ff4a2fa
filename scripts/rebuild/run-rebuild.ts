// Drops the projections of an installation that is stopped. They are made anew by the next start, which waits for nobody but those who read them.
import { existsSync } from 'node:fs'
import { envToConfig } from '#server/config/config.ts'
import { readEnv } from '#server/config/env.ts'
import { dropProjections } from '#server/storage/drop-projections.ts'
import { openStorage } from '#server/storage/open.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { AppError } from '#shared/kernel/errors.ts'

const [DONE, NOT_DONE, WRONG_USAGE] = [0, 1, 2]

interface Run {
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly print: (line: string) => void
}

/** Answers the exit code. */
export async function runRebuild({ args, environment, print }: Run): Promise<number> {
  const say = (code: number, ...lines: readonly string[]) => {
    for (const line of lines) print(line)
    return code
  }
  if (args.length !== 1 || args[0] !== 'projections') return say(WRONG_USAGE, 'npm run rebuild -- projections', '  Stop the server first.')
  const env = readEnv(environment)
  if (!env.ok) return say(WRONG_USAGE, ...env.faults)
  const config = envToConfig(env.value)
  if (!config.ok) return say(WRONG_USAGE, ...config.faults)
  const { dataFolder, storage: kind } = config.value
  if (kind.kind === 'sqlite' && !existsSync(dataFile(dataFolder)))
    return say(NOT_DONE, `There is no data in ${dataFolder}: set DATA_FOLDER.`)
  const mongo = kind.kind === 'mongo' ? { mongoUri: kind.uri, mongoKeysUri: kind.keysUri } : {}
  try {
    const storage = await openStorage({ dataFolder, ...mongo })
    try {
      const dropped = await dropProjections(storage)
      return say(DONE, `Dropped: ${dropped.join(', ') || 'nothing was there'}. The next start makes them anew.`)
    } finally {
      await storage.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return say(NOT_DONE, error.message)
  }
}
