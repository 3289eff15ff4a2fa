// Drops the projections of an installation that is stopped. They are made anew by the next start, which waits for nobody but those who read them.
import { existsSync } from 'node:fs'
import { dropProjections } from '#server/storage/drop-projections.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type InstallationRun, openStorageOf, say, settingsIn } from '../installation-run.ts'

const [DONE, NOT_DONE, WRONG_USAGE] = [0, 1, 2]
const USAGE = ['npm run rebuild -- projections', '  Stop the server first.']

/** Answers the exit code. */
export async function runRebuild({ args, environment, print }: InstallationRun): Promise<number> {
  if (args.length !== 1 || args[0] !== 'projections') return say(print, WRONG_USAGE, USAGE)
  const config = settingsIn(environment)
  if (!config.ok) return say(print, WRONG_USAGE, config.faults)
  const { dataFolder, storage: kind } = config.value
  if (kind.kind === 'sqlite' && !existsSync(dataFile(dataFolder)))
    return say(print, NOT_DONE, [`There is no data in ${dataFolder}: set DATA_FOLDER.`])
  try {
    const storage = await openStorageOf(config.value)
    try {
      const dropped = await dropProjections(storage)
      return say(print, DONE, [`Dropped: ${dropped.join(', ') || 'nothing was there'}. The next start makes them anew.`])
    } finally {
      await storage.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return say(print, NOT_DONE, [error.message])
  }
}
