// The installation's four keys: master (wraps audience keys), token (signs sessions), sealing, authority. Never one derived from another.
// A single server makes them at its first run, one file each. Several servers are given the master key and share the other three, wrapped by it.
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyStore } from '#server/storage/ports.ts'
import { base64url, concat, fromBase64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { MASTER_KEY_BYTES, type MasterKeySource, parseMasterKey } from './config.ts'
import { openKeyFolder } from './key-files.ts'

export interface Secrets {
  readonly masterKey: Uint8Array
  readonly tokenKey: Uint8Array
  /** As the maker wrote them: PEM, or any other text. */
  readonly sealingKey: string
  readonly authorityKey: string
}

/** What stops the start, in words for the person at the terminal. */
export class SecretsFault extends Error {
  override readonly name = 'SecretsFault'
}

export interface KeyMakers {
  readonly makeAuthorityKey: () => Promise<string>
  /** The sealing key is certified by the authority, whose key it is given. */
  readonly makeSealingKey: (authorityKey: string) => Promise<string>
}

const CHECK = 'master.check'
const SHARED = { token: 'installation:token', sealing: 'installation:sealing', authority: 'installation:authority' } as const

/**
 * Keys of a single server, in `folder`.
 * @param dataExists whether this installation has stored anything yet: data without its master key must not be given a new one.
 */
export async function openOwnSecrets({
  folder,
  source,
  dataExists,
  entropy,
  readSource,
  makers,
}: {
  folder: string
  source: MasterKeySource
  dataExists: boolean
  entropy: Entropy
  readSource: ReadSource
  makers: KeyMakers
}): Promise<Secrets> {
  const files = openKeyFolder(folder)
  const keep = (name: string, text: string) => files.putIfAbsent(name, text, base64url(entropy.bytes(9, 'temporary name')))
  const check = files.read(CHECK)
  const masterKey = await openMaster()
  const proof = checkOf(masterKey)
  if (!sameText(check ?? keep(CHECK, proof), proof)) {
    throw new SecretsFault(
      `The master key is not the one this data was made with: give the right one, or restore ${folder} from its backup.`,
    )
  }
  const tokenText = files.read('token.key') ?? keep('token.key', base64url(entropy.bytes(32, 'token key')))
  const tokenKey = parseMasterKey(tokenText)
  if (!tokenKey)
    throw new SecretsFault(`${folder}/token.key is damaged: restore it from its backup, or delete it (everybody signs in again).`)
  const authorityKey = await openSigning('authority.key', makers.makeAuthorityKey)
  const sealingKey = await openSigning('sealing.key', () => makers.makeSealingKey(authorityKey))
  return { masterKey, tokenKey, sealingKey, authorityKey }

  // A new key in the place of a lost one would make every agreement sealed so far look like somebody else's.
  async function openSigning(name: string, make: () => Promise<string>): Promise<string> {
    const stored = files.read(name)
    if (stored === undefined && dataExists) throw new SecretsFault(`${folder}/${name} is missing: restore the folder from its backup.`)
    return stored ?? keep(name, await make())
  }

  async function openMaster(): Promise<Uint8Array> {
    if (source.kind !== 'own') return readSource(source)
    const stored = files.read('master.key')
    if (stored === undefined) {
      if (dataExists || check !== undefined) {
        throw new SecretsFault(
          `${folder}/master.key is missing, and without it nobody can read this data: restore the folder from its backup.`,
        )
      }
      return parsed(keep('master.key', base64url(entropy.bytes(MASTER_KEY_BYTES, 'master key'))))
    }
    return parsed(stored)
  }

  function parsed(text: string): Uint8Array {
    const key = parseMasterKey(text)
    if (!key) throw new SecretsFault(`${folder}/master.key is damaged: restore it from its backup.`)
    return key
  }
}

/** Keys of several servers: the first to start makes them, all find the same. */
export async function openSharedSecrets({
  source,
  keys,
  entropy,
  readSource,
  makers,
}: {
  source: MasterKeySource
  keys: Pick<KeyStore, 'get' | 'putIfAbsent'>
  entropy: Entropy
  readSource: ReadSource
  makers: KeyMakers
}): Promise<Secrets> {
  if (source.kind === 'own') throw new SecretsFault('Several servers must be given one master key: set BITIM_MASTER_KEY_FILE.')
  const masterKey = await readSource(source)
  const open = async (name: string, make: () => Promise<string>): Promise<string> => {
    const wrapped = (await keys.get(name)) ?? (await keys.putIfAbsent(name, seal(masterKey, name, await make(), entropy)))
    const text = unseal(masterKey, name, wrapped)
    if (text === undefined) throw new SecretsFault('The master key is not the one this data was made with: give the right one.')
    return text
  }
  const tokenKey = fromBase64url(await open(SHARED.token, async () => base64url(entropy.bytes(32, 'token key'))))
  const authorityKey = await open(SHARED.authority, makers.makeAuthorityKey)
  const sealingKey = await open(SHARED.sealing, () => makers.makeSealingKey(authorityKey))
  return { masterKey, tokenKey, sealingKey, authorityKey }
}

export type ReadSource = (source: Exclude<MasterKeySource, { kind: 'own' }>) => Promise<Uint8Array>

function checkOf(masterKey: Uint8Array): string {
  return createHmac('sha256', masterKey).update('bitim master key check 1').digest('base64url')
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(utf8(a), utf8(b))
}

function seal(masterKey: Uint8Array, name: string, text: string, entropy: Entropy): Uint8Array {
  const nonce = entropy.bytes(12, `wrap ${name}`)
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(utf8(name))
  return concat(nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag())
}

function unseal(masterKey: Uint8Array, name: string, sealed: Uint8Array): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', masterKey, sealed.subarray(0, 12)).setAAD(utf8(name)).setAuthTag(sealed.subarray(-16))
    return fromUtf8(concat(decipher.update(sealed.subarray(12, -16)), decipher.final()))
  } catch {
    // GCM refuses a wrong key as it refuses damage: the caller has the words for both.
    return undefined
  }
}
