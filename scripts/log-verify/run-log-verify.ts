// The command: arguments, the data folder under its lock, one line for each case, each fault named.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, parseMasterKey } from '#server/config/config.ts'
import { readMasterKey } from '#server/config/read-master-key.ts'
import { SecretsFault } from '#server/config/secrets.ts'
import type { Storage } from '#server/storage/ports.ts'
import { type Audience, isAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, ID_PATTERN } from '#shared/kernel/ids.ts'
import type { ChainHead } from '#shared/log/verify-chain.ts'
import { type InstallationRun, openStorageOf, say, settingsIn } from '../installation-run.ts'
import type { CaseReport } from './verify-case.ts'
import { openVerifier, type PartReport } from './verify-installation.ts'

const USAGE = [
  'npm run log:verify -- [--data FOLDER] [--case ID] [--head AUDIENCE=SEQ:HASH …]',
  '  Stop the server first. --head needs --case: a (seq, hash) that a device or a paper has kept, e.g. --head all=118:Vq3…',
]

const WHOLE = 0
const FAULT = 1
const CANNOT = 2

/** Answers the exit code: 0 whole, 1 a fault was found, 2 wrong usage or data that cannot be opened. */
export async function runLogVerify({ args, environment, print }: InstallationRun): Promise<number> {
  const asked = readArguments(args)
  if (!asked) return say(print, CANNOT, USAGE)
  const config = settingsIn(asked.folder === undefined ? environment : { ...environment, DATA_FOLDER: asked.folder })
  if (!config.ok) return say(print, CANNOT, config.faults)
  try {
    const opened = await open(config.value)
    if ('faults' in opened) return say(print, CANNOT, opened.faults)
    try {
      return await verifyAll(opened, asked, print)
    } finally {
      await opened.storage.close()
    }
  } catch (error) {
    if (error instanceof SecretsFault) return say(print, CANNOT, [error.message])
    if (!(error instanceof AppError)) throw error
    return say(print, error.problem.reason === 'storage/unusable' ? FAULT : CANNOT, [error.message])
  }
}

async function open(config: Config): Promise<{ storage: Storage; masterKey: Uint8Array } | { faults: readonly string[] }> {
  const { dataFolder, storage: kind, masterKey: source } = config
  if (kind.kind === 'sqlite' && !existsSync(join(dataFolder, 'bitim.db'))) return { faults: [`there is no data in ${dataFolder}`] }
  const masterKey = source.kind === 'own' ? ownMasterKey(dataFolder) : await readMasterKey(source)
  if (!masterKey) return { faults: [`${dataFolder}/keys/master.key is missing or damaged: without it no body can be checked`] }
  return { storage: await openStorageOf(config), masterKey }
}

function ownMasterKey(dataFolder: string): Uint8Array | undefined {
  const path = join(dataFolder, 'keys', 'master.key')
  return existsSync(path) ? parseMasterKey(readFileSync(path, 'utf8')) : undefined
}

async function verifyAll(
  ground: { storage: Storage; masterKey: Uint8Array },
  { caseId, heads }: Arguments,
  print: (line: string) => void,
): Promise<number> {
  const verifier = await openVerifier(ground)
  const { caseIds } = verifier
  if (caseId !== undefined && !caseIds.includes(caseId)) return say(print, FAULT, [`case ${caseId} is not here`])
  let faults = 0
  const reports: CaseReport[] = []
  for (const each of caseId === undefined ? caseIds : [caseId]) {
    const report = await verifier.verifyCase(each, heads)
    for (const line of linesOf(report)) print(line)
    faults += report.faults.length
    reports.push(report)
  }
  for (const part of caseId === undefined ? await verifier.verifyRest(reports) : []) {
    for (const line of partLines(part)) print(line)
    faults += part.faults.length
  }
  print(faults === 0 ? `${reports.length} cases: whole` : `${reports.length} cases: ${faults} faults`)
  return faults === 0 ? WHOLE : FAULT
}

function linesOf({ caseId, commits, events, audiences, forgotten, faults, notes }: CaseReport): readonly string[] {
  const counts = `${commits} commits, ${events} events in ${audiences} audiences, ${forgotten} forgotten`
  return [`case ${caseId}: ${verdictOf(faults)} (${counts})`, ...indented(faults), ...indented(notes)]
}

function partLines({ part, count, faults, notes }: PartReport): readonly string[] {
  return [`${part}: ${verdictOf(faults)} (${count})`, ...indented(faults), ...indented(notes)]
}

const verdictOf = (faults: readonly string[]) => (faults.length === 0 ? 'whole' : `${faults.length} FAULTS`)
const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`)

interface Arguments {
  readonly folder: string | undefined
  readonly caseId: CaseId | undefined
  readonly heads: ReadonlyMap<Audience, ChainHead>
}

function readArguments(args: readonly string[]): Arguments | undefined {
  let folder: string | undefined
  let caseId: CaseId | undefined
  const heads = new Map<Audience, ChainHead>()
  for (let at = 0; at < args.length; at += 2) {
    const value = args[at + 1]
    if (value === undefined) return undefined
    if (args[at] === '--data') folder = value
    else if (args[at] === '--case' && ID_PATTERN.test(value)) caseId = asId<CaseId>(value)
    else if (args[at] === '--head') {
      const match = /^([^=]+)=([1-9]\d{0,8}):([A-Za-z0-9_-]{43})$/.exec(value)
      const audience = match?.[1] ?? ''
      if (!match || !isAudience(audience)) return undefined
      heads.set(audience, { seq: Number(match[2]), hash: match[3] ?? '' })
    } else return undefined
  }
  return heads.size > 0 && caseId === undefined ? undefined : { folder, caseId, heads }
}
