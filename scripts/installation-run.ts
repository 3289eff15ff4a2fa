// What the commands on an installation have in common: the settings and the data as the server has them, lines, an exit code.
import { type Config, envToConfig } from '#server/config/config.ts'
import { readEnv } from '#server/config/env.ts'
import { openStorage } from '#server/storage/open.ts'
import type { Storage } from '#server/storage/ports.ts'

export interface InstallationRun {
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly print: (line: string) => void
}

/** What the server would start with, or what it would refuse. */
export function settingsIn(environment: InstallationRun['environment']): ReturnType<typeof envToConfig> {
  const env = readEnv(environment)
  return env.ok ? envToConfig(env.value) : env
}

export function openStorageOf({ dataFolder, storage }: Config): Promise<Storage> {
  return openStorage({ dataFolder, ...(storage.kind === 'mongo' ? { mongoUri: storage.uri, mongoKeysUri: storage.keysUri } : {}) })
}

/** Answers the exit code. */
export function say(print: InstallationRun['print'], exit: number, lines: readonly string[]): number {
  for (const line of lines) print(line)
  return exit
}
