// Fetches a master key that was given from outside: in the environment, in a file, or by a command (a vault's client).
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type MasterKeySource, parseMasterKey } from './config.ts'
import { SecretsFault } from './secrets.ts'

const run = promisify(execFile)

export async function readMasterKey(source: Exclude<MasterKeySource, { kind: 'own' }>): Promise<Uint8Array> {
  if (source.kind === 'given') return source.key
  const name = source.kind === 'file' ? 'BITIM_MASTER_KEY_FILE' : 'BITIM_MASTER_KEY_COMMAND'
  const key = parseMasterKey(await textOf(source, name))
  if (!key) throw new SecretsFault(`${name} gave no master key: 32 bytes in hexadecimal (64 digits) or base64 are expected.`)
  return key
}

async function textOf(source: Extract<MasterKeySource, { kind: 'file' | 'command' }>, name: string): Promise<string> {
  try {
    if (source.kind === 'file') return await readFile(source.path, 'utf8')
    return (await run('/bin/sh', ['-c', source.command], { timeout: 30_000, encoding: 'utf8' })).stdout
  } catch {
    // The error of a command can carry what it printed, so it is not passed on.
    throw new SecretsFault(
      source.kind === 'file'
        ? `${name}: ${source.path} cannot be read.`
        : `${name} failed, or took longer than 30 seconds: run it by hand.`,
    )
  }
}
