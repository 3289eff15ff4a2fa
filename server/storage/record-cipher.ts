// How a record rests: its value encrypted, bound to its collection, its id, its version, the keys it is found by and its stamp; so no
// other value, and no earlier one, can be put in its place. The key rests with the audience keys, wrapped by the master key.
import { type Mac, macWith, sha256Text } from '#server/kernel/digest.ts'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
import { base64, base64url, fromBase64, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { KeyStore, RecordKeys, RestingRecord } from './ports.ts'
import { storableText, UnstorableError } from './storable.ts'

export const RECORDS_KEY = 'installation:records'

/** A record's value as the database sees it. Of before 2.2: `sealed` alone, bound to collection and id. */
interface EncryptedValue {
  /** Base64. */
  readonly sealed: string
  /** Between which checkpoints it was written (checkpoint/stamp.ts). */
  readonly stamp?: string
  /** Digest of the keys it is found by. */
  readonly keys?: string
}

interface Lookups {
  readonly unique?: RecordKeys
  readonly index?: RecordKeys
}

interface RecordPlace {
  readonly collection: string
  readonly id: string
  readonly version: number
}

export interface RecordCipher {
  encrypt(place: RecordPlace, value: unknown, lookups: Lookups, stamp: string): EncryptedValue
  /** Throws when it was not written here, or elsewhere, or in the old form unless that is allowed. */
  decrypt(place: RecordPlace, stored: unknown): unknown
  /** Keys as they rest: keyed digests. */
  lookups(collection: string, keys: Lookups | undefined): Lookups
}

interface Deps {
  readonly keys: Pick<KeyStore, 'get' | 'putIfAbsent'>
  readonly masterKey: Uint8Array
  readonly entropy: Entropy
}

/** Made at the first need; servers that start together find the same. */
export async function openRecordsKey({ keys, masterKey, entropy }: Deps): Promise<Uint8Array> {
  const name = utf8(RECORDS_KEY)
  const stored =
    (await keys.get(RECORDS_KEY)) ?? (await keys.putIfAbsent(RECORDS_KEY, encryptBytes(masterKey, entropy.bytes(32, 'key'), name, entropy)))
  return decryptBytes(masterKey, stored, name)
}

export function recordCipher(secret: Uint8Array, entropy: Entropy, acceptsOldForm: () => boolean): RecordCipher {
  const mac = macWith(secret)
  return {
    encrypt(place, value, lookups, stamp) {
      const text: string | undefined = JSON.stringify(value)
      if (text === undefined) throw new UnstorableError('JSON cannot keep this value')
      const keys = lookupsDigest(lookups)
      return { sealed: base64(encryptBytes(secret, utf8(text), contextOf(place, stamp, keys), entropy)), stamp, keys }
    },
    decrypt(place, stored) {
      const { sealed, stamp, keys } = encryptedValue(stored)
      if (stamp !== undefined && keys !== undefined) return parsed(decryptBytes(secret, bytesOf(sealed), contextOf(place, stamp, keys)))
      if (!acceptsOldForm()) throw new Error('a record in a form of before 2.2')
      return parsed(decryptBytes(secret, bytesOf(sealed), utf8(JSON.stringify([place.collection, place.id]))))
    },
    lookups(collection, keys) {
      const each = (named: RecordKeys) =>
        Object.fromEntries(Object.entries(named).map(([key, value]) => [key, lookupDigest(mac, collection, key, value)]))
      return { ...(keys?.unique && { unique: each(keys.unique) }), ...(keys?.index && { index: each(keys.index) }) }
    },
  }
}

/** Digest of keys as they rest, whatever their order. */
export function lookupsDigest({ unique = {}, index = {} }: Lookups): string {
  const sorted = (named: RecordKeys) => Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256Text(JSON.stringify([sorted(unique), sorted(index)]))
}

/** Of a record just as it rests: equal only for the same value at the same version. */
export function restingDigest({ version, value }: Pick<RestingRecord, 'version' | 'value'>): string {
  return sha256Text(JSON.stringify([version, value ?? null]))
}

export function encryptedValue(stored: unknown): EncryptedValue {
  if (typeof stored !== 'object' || stored === null) throw new Error('no encrypted value')
  const { sealed, stamp, keys } = stored as Partial<Record<string, unknown>> // looked at field by field
  const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'
  if (typeof sealed !== 'string' || !isText(stamp) || !isText(keys)) throw new Error('no encrypted value')
  return { sealed, ...(stamp === undefined ? {} : { stamp }), ...(keys === undefined ? {} : { keys }) }
}

function contextOf({ collection, id, version }: RecordPlace, stamp: string, keys: string): Uint8Array {
  return utf8(JSON.stringify(['bitim-record/2', collection, id, version, stamp, keys]))
}

function lookupDigest(mac: Mac, collection: string, key: string, value: string): string {
  return base64url(mac(JSON.stringify([collection, key, storableText(value)])))
}

/** Only as it was written: other letters that stand for the same bytes are a change, too. */
function bytesOf(encrypted: string): Uint8Array {
  const bytes = fromBase64(encrypted)
  if (base64(bytes) !== encrypted) throw new Error('not as it was written')
  return bytes
}

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(fromUtf8(bytes))
}
