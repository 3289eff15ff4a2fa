// The command: by which authority this installation's agreements are told from others. It only reads, so the server may go on running.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#server/config/config.ts'
import { readMasterKey } from '#server/config/read-master-key.ts'
import { authorityKeyFrom, SecretsFault } from '#server/config/secrets.ts'
import { type Authority, openAuthority, type StoredKey } from '#server/signing/authority/authority.ts'
import { visibleText } from '#shared/kernel/text/visible-text.ts'
import { OID } from '#shared/signing/cms/oids.ts'
import { type InstallationRun, openStorageOf, say, settingsIn } from '../installation-run.ts'

const USAGE = [
  'npm run authority [-- --pem]',
  '  DATA_FOLDER or MONGODB_URI as for the server, which may be running. --pem: the certificate itself.',
]

const DONE = 0
const CANNOT = 1
const WRONG_USAGE = 2

/** Answers the exit code: 0 printed, 1 there is none or it cannot be read, 2 wrong usage. */
export async function runAuthority({ args, environment, print }: InstallationRun): Promise<number> {
  const [flag, ...more] = args
  if (more.length > 0 || (flag !== undefined && flag !== '--pem')) return say(print, WRONG_USAGE, USAGE)
  const config = settingsIn(environment)
  if (!config.ok) return say(print, WRONG_USAGE, config.faults)
  try {
    const stored = await storedKey(config.value)
    if (stored === undefined)
      return say(print, CANNOT, ['This installation has no authority yet: it is made by the first start of the server.'])
    const authority = await opened(stored)
    if (!authority) return say(print, CANNOT, ["The authority's key is damaged: restore the folder of the keys from its backup."])
    return say(print, DONE, flag ? authority.certificatePem.trimEnd().split('\n') : told(authority))
  } catch (error) {
    if (error instanceof SecretsFault) return say(print, CANNOT, [error.message])
    throw error
  }
}

function told({ certificate, digits, fingerprint }: Authority): readonly string[] {
  return [
    `Certificate authority: ${visibleText(certificate.subjectParts.get(OID.commonName) ?? '')}`,
    `Control code: ${digits}`,
    `SHA-256: ${fingerprint}`,
    '',
    'Publish it where people find it apart from this service: on your letterhead, in print, on another site.',
  ]
}

async function storedKey(config: Config): Promise<string | undefined> {
  const { storage: kind, dataFolder, masterKey: source } = config
  if (kind.kind === 'sqlite' || source.kind === 'own') {
    const path = join(dataFolder, 'keys', 'authority.key')
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
  const masterKey = await readMasterKey(source)
  const storage = await openStorageOf(config)
  try {
    return await authorityKeyFrom(masterKey, storage.keys)
  } finally {
    await storage.close()
  }
}

async function opened(stored: string): Promise<Authority | undefined> {
  try {
    return await openAuthority(JSON.parse(stored) as StoredKey) // what is none is refused by what it is read with
  } catch {
    return undefined // not JSON, no certificate, no key: all the same damage
  }
}
