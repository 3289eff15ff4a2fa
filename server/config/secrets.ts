// The installation's four keys: master (wraps audience keys), token (signs sessions), sealing, authority. Never one derived from another.
// A single server makes them at its first run, one file each. Several servers are given the master key and share the other three, wrapped by it.

import { timingSafeEqual } from 'node:crypto'
import { decryptWith, encryptWith, NONCE_BYTES } from '#server/kernel/cipher.ts'
import { macWith } from '#server/kernel/digest.ts'
import type { KeyStore } from '#server/storage/ports.ts'
import { base64url, fromBase64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { MASTER_KEY_BYTES, type MasterKeySource, parseMasterKey } from './config.ts'
import { openKeyFolder } from './key-files.ts'

export interface Secrets {
  readonly masterKey: Uint8Array
  readonly tokenKey: Uint8Array
  /** The token key is a new one, as somebody asked for: this puts it in the place of the old one. */
  readonly keepTokenKey?: () => void
  /** As the maker wrote them: PEM, or any other text. */
  readonly sealingKey: string
  readonly authorityKey: string
}

/** What stops the start, in words for the person at the terminal. */
export class SecretsFault extends Error {
  override readonly name = 'SecretsFault'
}

interface KeyMakers {
  readonly makeAuthorityKey: () => Promise<string>
  /** The sealing key is certified by the authority, whose key it is given. */
  readonly makeSealingKey: (authorityKey: string) => Promise<string>
}

const CHECK = 'master.check'
const SHARED = { token: 'installation:token', sealing: 'installation:sealing', authority: 'installation:authority' } as const
/** Written into token.key by whoever wants another one in its place. */
const RENEW = 'new'

interface Opening {
  readonly source: MasterKeySource
  /** Whether this installation has stored anything yet: data without its keys must not be given new ones. */
  readonly dataExists: boolean
  /** Throws when this is not the master key of what is stored. Asked before anything is made. */
  readonly prove: (masterKey: Uint8Array) => void
  readonly entropy: Entropy
  readonly readSource: ReadSource
  readonly makers: KeyMakers
}

/** Keys of a single server, in `folder`. Beside data nothing is made but the check of a master key that has proved itself. */
export async function openOwnSecrets({ folder, ...opening }: Opening & { folder: string }): Promise<Secrets> {
  const { source, dataExists, prove, entropy, readSource, makers } = opening
  const files = openKeyFolder(folder)
  const temporaryName = () => base64url(entropy.bytes(9, 'temporary name'))
  const keep = (name: string, text: string) => files.putIfAbsent(name, text, temporaryName())
  const read = (name: string) => readKeyFile(folder, name, () => files.read(name))
  const stored = { check: read(CHECK), master: read('master.key'), token: read('token.key') }
  const signing = { authority: read('authority.key'), sealing: read('sealing.key') }
  const masterKey = await openMaster()
  const proof = checkOf(masterKey)
  if (stored.check !== undefined && !sameText(stored.check, proof)) {
    throw new SecretsFault(
      `The master key is not the one this data was made with: give the right one, or restore ${folder} from its backup.`,
    )
  }
  if (dataExists) for (const [name, text] of Object.entries({ token: stored.token, ...signing })) demand(`${name}.key`, text)
  prove(masterKey)
  const tokenKey = parseMasterKey(stored.token === undefined ? keep('token.key', newTokenKey()) : stored.token)
  if (!tokenKey && stored.token !== RENEW) throw new SecretsFault(`${folder}/token.key is damaged: ${tokenAdvice(folder)}`)
  if (stored.check === undefined) keep(CHECK, proof)
  const authorityKey = signing.authority ?? keep('authority.key', await makers.makeAuthorityKey())
  const sealingKey = signing.sealing ?? keep('sealing.key', await makers.makeSealingKey(authorityKey))
  const common = { masterKey, sealingKey, authorityKey }
  if (tokenKey) return { ...common, tokenKey }
  const renewed = newTokenKey()
  const keepTokenKey = () => files.replace('token.key', renewed, temporaryName())
  return { ...common, tokenKey: fromBase64url(renewed), keepTokenKey }

  // A new key in the place of a lost one would make every agreement sealed so far look like somebody else's.
  function demand(name: string, text: string | undefined): void {
    if (text !== undefined) return
    const advice = name === 'token.key' ? tokenAdvice(folder) : 'restore the folder from its backup.'
    throw new SecretsFault(`${folder}/${name} is missing: ${advice}`)
  }

  function newTokenKey(): string {
    return base64url(entropy.bytes(32, 'token key'))
  }

  async function openMaster(): Promise<Uint8Array> {
    if (source.kind !== 'own') return readSource(source)
    if (stored.master !== undefined) return parsed(stored.master)
    if (dataExists || stored.check !== undefined) {
      throw new SecretsFault(
        `${folder}/master.key is missing, and without it nobody can read this data: restore the folder from its backup.`,
      )
    }
    return parsed(keep('master.key', base64url(entropy.bytes(MASTER_KEY_BYTES, 'master key'))))
  }

  function parsed(text: string): Uint8Array {
    const key = parseMasterKey(text)
    if (!key) throw new SecretsFault(`${folder}/master.key is damaged: restore it from its backup.`)
    return key
  }
}

export function tokenAdvice(folder: string): string {
  return `restore it from its backup, or write the word ${RENEW} into ${folder}/token.key (everybody signs in again).`
}

function readKeyFile(folder: string, name: string, read: () => string | undefined): string | undefined {
  try {
    return read()
  } catch (cause) {
    throw new SecretsFault(`${folder}/${name} cannot be read: it has to be a file of the server's own user.`, { cause })
  }
}

/** Keys of several servers: the first to start makes them, all find the same. */
export async function openSharedSecrets({
  source,
  keys,
  dataExists,
  prove,
  entropy,
  readSource,
  makers,
}: Opening & { keys: Pick<KeyStore, 'get' | 'putIfAbsent'> }): Promise<Secrets> {
  if (source.kind === 'own') throw new SecretsFault('Several servers must be given one master key: set BITIM_MASTER_KEY_FILE.')
  const masterKey = await readSource(source)
  prove(masterKey)
  const stored = new Map<string, Uint8Array | undefined>()
  for (const name of Object.values(SHARED)) stored.set(name, await keys.get(name))
  const missing = [...stored].find(([, wrapped]) => wrapped === undefined)
  if (dataExists && missing) throw new SecretsFault(`The key ${missing[0]} is missing: restore the keys' database from its backup.`)
  const open = async (name: string, make: () => Promise<string>): Promise<string> => {
    const wrapped = stored.get(name) ?? (await keys.putIfAbsent(name, encrypt(masterKey, name, await make(), entropy)))
    const text = decrypt(masterKey, name, wrapped)
    if (text === undefined) {
      throw new SecretsFault(
        `The master key is not the one this data was made with, or the key ${name} is damaged: give the right one, or restore the keys' database.`,
      )
    }
    return text
  }
  const tokenKey = parseMasterKey(await open(SHARED.token, async () => base64url(entropy.bytes(32, 'token key'))))
  if (!tokenKey) throw new SecretsFault(`The key ${SHARED.token} is damaged: restore the keys' database from its backup.`)
  const authorityKey = await open(SHARED.authority, makers.makeAuthorityKey)
  const sealingKey = await open(SHARED.sealing, () => makers.makeSealingKey(authorityKey))
  return { masterKey, tokenKey, sealingKey, authorityKey }
}

/** The authority's key as several servers share it; undefined before the first of them has started. */
export async function authorityKeyFrom(masterKey: Uint8Array, keys: Pick<KeyStore, 'get'>): Promise<string | undefined> {
  const wrapped = await keys.get(SHARED.authority)
  if (!wrapped) return undefined
  const text = decrypt(masterKey, SHARED.authority, wrapped)
  if (text === undefined) throw new SecretsFault('The master key is not the one that the authority was stored under: give the right one.')
  return text
}

/** Whether this is one of the keys that several servers share, as it was wrapped under this name. */
export function isSharedSecret(masterKey: Uint8Array, name: string, wrapped: Uint8Array): boolean {
  return Object.values<string>(SHARED).includes(name) && decrypt(masterKey, name, wrapped) !== undefined
}

type ReadSource = (source: Exclude<MasterKeySource, { kind: 'own' }>) => Promise<Uint8Array>

function checkOf(masterKey: Uint8Array): string {
  return base64url(macWith(masterKey)('bitim master key check 1'))
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(utf8(a), utf8(b))
}

function encrypt(masterKey: Uint8Array, name: string, text: string, entropy: Entropy): Uint8Array {
  return encryptWith(masterKey, utf8(text), { nonce: entropy.bytes(NONCE_BYTES, `wrap ${name}`), context: utf8(name) })
}

function decrypt(masterKey: Uint8Array, name: string, encrypted: Uint8Array): string | undefined {
  try {
    return fromUtf8(decryptWith(masterKey, encrypted, utf8(name)))
  } catch {
    // GCM refuses a wrong key as it refuses damage: the caller has the words for both.
    return undefined
  }
}
