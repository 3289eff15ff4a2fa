// Opens what an installation consists of, in the order that protects it: its storage under the lock, its four keys, its authority.
// Each is checked against the others before anything is written: over damaged ones there is no start.
import { join } from 'node:path'
import { type Config, isShared } from '#server/config/config.ts'
import { changedKey, fingerprintsOf, type KeyFingerprints } from '#server/config/key-fingerprints.ts'
import { readMasterKey } from '#server/config/read-master-key.ts'
import { openOwnSecrets, openSharedSecrets, type Secrets, SecretsFault, tokenAdvice } from '#server/config/secrets.ts'
import { decryptBytes } from '#server/log/body-cipher.ts'
import { type Authority, makeAuthority, makeSealingKey, openAuthority, type StoredKey } from '#server/signing/authority/authority.ts'
import { openSigningKeys } from '#server/signing/authority/check-keys.ts'
import { openStorage } from '#server/storage/open.ts'
import type { RecordStore, Storage } from '#server/storage/ports.ts'
import { RECORDS_KEY } from '#server/storage/record-cipher.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import { type OpenData, openData } from './open-data.ts'
import type { System } from './system.ts'

/** `epoch` is raised by a restore from a backup: devices that know more keep what they have. */
export interface Installation extends OpenData {
  /** As it rests. */
  readonly storage: Storage
  readonly secrets: Secrets
  readonly authority: Authority
  readonly sealing: SealingKey
}

interface Deps extends Pick<System, 'clock' | 'entropy'> {
  /** For the person at the terminal. */
  readonly tell?: (line: string) => void
}

export async function openInstallation(config: Config, { clock, entropy, tell = () => undefined }: Deps): Promise<Installation> {
  const mongo = config.storage.kind === 'mongo' ? { mongoUri: config.storage.uri, mongoKeysUri: config.storage.keysUri } : {}
  const storage = await openStorage({ dataFolder: config.dataFolder, ...mongo, starting: { now: clock.now, tell } })
  try {
    const secrets = await openSecrets(config, storage, { clock, entropy })
    const names = keyNames(config)
    const opened = await openSigningKeys({ authority: secrets.authorityKey, sealing: secrets.sealingKey })
    if (!opened.ok) throw new SecretsFault(`${names[opened.key]} ${KEY_FAULTS[opened.fault]}: ${ADVICE}`)
    const { authority, sealing } = opened
    const isNew = !(await hasData(storage))
    if (isNew) await storage.records.insert('installation', 'epoch', { epoch: 1 }) // or the next start would miss data beside the keys
    const isAlone = config.storage.kind === 'sqlite'
    const { records, demandAsNew, goOn } = await openData({ storage, masterKey: secrets.masterKey, clock, entropy, isAlone, isNew })
    await demandReadable(records)
    await demandAsNew()
    const fingerprints = fingerprintsOf({
      authorityDer: authority.certificateDer,
      sealingDer: sealing.certificateDer,
      tokenKey: secrets.tokenKey,
    })
    const changed = await changedKey(records, fingerprints, { isTokenRenewed: secrets.keepTokenKey !== undefined })
    if (changed) {
      const advice = changed === 'token' && config.storage.kind === 'sqlite' ? tokenAdvice(join(config.dataFolder, 'keys')) : ADVICE
      throw new SecretsFault(`${names[changed]} is not the one that this installation has worked with: ${advice}`)
    }
    secrets.keepTokenKey?.()
    return { storage, secrets, authority, sealing, ...(await goOn()) }
  } catch (error) {
    await storage.close()
    throw error
  }
}

const ADVICE = 'restore the keys from their backup.'
const KEY_FAULTS = { damaged: 'is damaged', foreign: 'was not certified by the authority of this installation' } as const

function keyNames({ storage, dataFolder }: Config): Readonly<Record<keyof KeyFingerprints, string>> {
  if (storage.kind === 'mongo') return { authority: 'The authority key', sealing: 'The sealing key', token: 'The token key' }
  const file = (name: string) => join(dataFolder, 'keys', name)
  return { authority: file('authority.key'), sealing: file('sealing.key'), token: file('token.key') }
}

async function openSecrets(config: Config, storage: Storage, { clock, entropy }: Deps): Promise<Secrets> {
  const making = { clock, entropy, name: config.publicUrl ? new URL(config.publicUrl).host : 'localhost' }
  const makers = {
    makeAuthorityKey: async () => JSON.stringify(await makeAuthority(making)),
    makeSealingKey: async (authorityKey: string) => {
      const stored = JSON.parse(authorityKey) as StoredKey // as the maker above has written it
      return JSON.stringify(await makeSealingKey(await openAuthority(stored), making))
    },
  }
  const recordsKey = await storage.keys.get(RECORDS_KEY)
  const dataExists = await hasData(storage)
  await demandPair(storage, { recordsKey, dataExists })
  const prove = (masterKey: Uint8Array) => {
    if (recordsKey) demandMaster(masterKey, recordsKey)
  }
  const common = { source: config.masterKey, dataExists, prove, entropy, readSource: readMasterKey, makers }
  return isShared(config.storage)
    ? openSharedSecrets({ ...common, keys: storage.keys })
    : openOwnSecrets({ ...common, folder: join(config.dataFolder, 'keys') })
}

async function hasData({ log, records }: Storage): Promise<boolean> {
  return (await records.get('installation', 'epoch')) !== undefined || (await log.caseIds()).length > 0
}

/**
 * Not with an emptied store of keys: it would fill with new ones, and what was said here would look damaged instead of locked. Nor
 * without the data that the keys are of: somebody would begin anew without noticing.
 */
async function demandPair(
  { log, records }: Storage,
  { recordsKey, dataExists }: { recordsKey: Uint8Array | undefined; dataExists: boolean },
): Promise<void> {
  if (recordsKey) {
    if (dataExists) return
    throw new SecretsFault('The data is missing, but its keys are there: restore the data from a backup, or give other places for both.')
  }
  const isAnythingEncrypted = (await records.all('accounts', 1)).length > 0 || (await log.caseIds()).length > 0
  if (!isAnythingEncrypted) return
  throw new SecretsFault('The keys of conversations and records (keys.db, or their database) are missing: restore them from their backup.')
}

function demandMaster(masterKey: Uint8Array, recordsKey: Uint8Array): void {
  try {
    decryptBytes(masterKey, recordsKey, utf8(RECORDS_KEY))
  } catch (cause) {
    throw new SecretsFault(
      'The master key is not the one that the keys of conversations and records (keys.db, or their database) were wrapped with: restore what belongs together from its backup.',
      { cause },
    )
  }
}

/** Data of one installation beside the keys of another: nothing in it could be read. */
async function demandReadable(records: RecordStore): Promise<void> {
  try {
    await records.all('accounts', 1)
    await records.get('installation', 'keys')
  } catch (cause) {
    throw new SecretsFault('The data and the keys are not of one installation, or damaged: restore what belongs together.', { cause })
  }
}
