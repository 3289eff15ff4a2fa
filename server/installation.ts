// Opens what an installation consists of, in the order that protects it: its storage under the lock, its four keys, its authority.
import { join } from 'node:path'
import type { Config } from '#server/config/config.ts'
import { readMasterKey } from '#server/config/read-master-key.ts'
import { openOwnSecrets, openSharedSecrets, type Secrets, SecretsFault } from '#server/config/secrets.ts'
import {
  type Authority,
  makeAuthority,
  makeSealingKey,
  openAuthority,
  openSealingKey,
  type StoredKey,
} from '#server/signing/authority/authority.ts'
import { openStorage } from '#server/storage/open.ts'
import type { Storage } from '#server/storage/ports.ts'
import { RECORDS_KEY } from '#server/storage/sealed-records.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import type { System } from './system.ts'

export interface Installation {
  readonly storage: Storage
  readonly secrets: Secrets
  readonly authority: Authority
  readonly sealing: SealingKey
  /** Raised by a restore from a backup: devices that know more keep what they have. */
  readonly epoch: number
}

export async function openInstallation(config: Config, { clock, entropy }: Pick<System, 'clock' | 'entropy'>): Promise<Installation> {
  const mongo = config.storage.kind === 'mongo' ? { mongoUri: config.storage.uri, mongoKeysUri: config.storage.keysUri } : {}
  const storage = await openStorage({ dataFolder: config.dataFolder, ...mongo })
  try {
    const making = { clock, entropy, name: config.publicUrl ? new URL(config.publicUrl).host : 'localhost' }
    const makers = {
      makeAuthorityKey: async () => JSON.stringify(await makeAuthority(making)),
      makeSealingKey: async (authorityKey: string) =>
        JSON.stringify(await makeSealingKey(await openAuthority(storedKey(authorityKey)), making)),
    }
    const common = { source: config.masterKey, entropy, readSource: readMasterKey, makers }
    await demandKeys(storage)
    const secrets =
      config.storage.kind === 'mongo'
        ? await openSharedSecrets({ ...common, keys: storage.keys })
        : await openOwnSecrets({ ...common, folder: join(config.dataFolder, 'keys'), dataExists: await hasData(storage) })
    const authority = await openAuthority(storedKey(secrets.authorityKey))
    return { storage, secrets, authority, sealing: await openSealingKey(storedKey(secrets.sealingKey)), epoch: await epochOf(storage) }
  } catch (error) {
    await storage.close()
    throw error
  }
}

function storedKey(text: string): StoredKey {
  return JSON.parse(text) as StoredKey // written by the makers above, in files of our own
}

async function hasData(storage: Storage): Promise<boolean> {
  return (await storage.log.caseIds()).length > 0 || (await storage.records.all('installation', 1)).length > 0
}

/** Not with an emptied store of keys: it would fill with new ones, and what was said here would look damaged instead of locked. */
async function demandKeys({ log, keys }: Storage): Promise<void> {
  if ((await keys.get(RECORDS_KEY)) || (await log.caseIds()).length === 0) return
  throw new SecretsFault('The keys of conversations and records (keys.db, or their database) are missing: restore them from their backup.')
}

async function epochOf(storage: Storage): Promise<number> {
  const stored = await storage.records.get<{ epoch: number }>('installation', 'epoch')
  if (stored) return stored.value.epoch
  await storage.records.insert('installation', 'epoch', { epoch: 1 })
  return 1
}
