// Records as they rest: values encrypted, keys to look them up by as keyed digests, under a key of its own that rests with the audience keys.
// A stolen database tells no name, address or title; what it tells is how many records of which kind there are.
import { createHmac } from 'node:crypto'
import { openBytes, sealBytes } from '#server/log/body-cipher.ts'
import { base64, base64url, fromBase64, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { KeyStore, RecordKeys, RecordStore, StoredRecord } from './ports.ts'
import { storableText, UnstorableError } from './storable.ts'

export const RECORDS_KEY = 'installation:records'

interface Sealed {
  /** Base64: the value as JSON, encrypted, bound to its collection and id. */
  readonly sealed: string
}

interface Deps {
  readonly keys: Pick<KeyStore, 'get' | 'putIfAbsent'>
  readonly masterKey: Uint8Array
  readonly entropy: Entropy
}

export function sealRecords(records: RecordStore, { keys, masterKey, entropy }: Deps): RecordStore {
  let opening: Promise<Uint8Array> | undefined

  /** Made at the first need; servers that start together find the same. */
  function key(): Promise<Uint8Array> {
    opening ??= openKey().catch((cause: unknown) => {
      opening = undefined // asked again at the next need
      throw cause
    })
    return opening
  }
  async function openKey(): Promise<Uint8Array> {
    const name = utf8(RECORDS_KEY)
    const stored =
      (await keys.get(RECORDS_KEY)) ?? (await keys.putIfAbsent(RECORDS_KEY, sealBytes(masterKey, entropy.bytes(32, 'key'), name, entropy)))
    return openBytes(masterKey, stored, name)
  }

  const contextOf = (collection: string, id: string) => utf8(JSON.stringify([collection, id]))

  function seal(secret: Uint8Array, collection: string, id: string, value: unknown): Sealed {
    const text: string | undefined = JSON.stringify(value)
    if (text === undefined) throw new UnstorableError('JSON cannot keep this value')
    return { sealed: base64(sealBytes(secret, utf8(text), contextOf(collection, id), entropy)) }
  }
  function open<T>(secret: Uint8Array, collection: string, { id, version, value }: StoredRecord<Sealed>): StoredRecord<T> {
    const plain = fromUtf8(openBytes(secret, fromBase64(value.sealed), contextOf(collection, id)))
    return { id, version, value: JSON.parse(plain) as T } // what was sealed above
  }
  function digest(secret: Uint8Array, collection: string, key: string, value: string): string {
    return base64url(
      createHmac('sha256', secret)
        .update(JSON.stringify([collection, key, storableText(value)]))
        .digest(),
    )
  }
  function digests(secret: Uint8Array, collection: string, keys: { unique?: RecordKeys; index?: RecordKeys } | undefined) {
    const each = (named: RecordKeys) =>
      Object.fromEntries(Object.entries(named).map(([key, value]) => [key, digest(secret, collection, key, value)]))
    return { ...(keys?.unique && { unique: each(keys.unique) }), ...(keys?.index && { index: each(keys.index) }) }
  }

  return {
    async insert(collection, id, value, lookUp) {
      const secret = await key()
      return records.insert(collection, id, seal(secret, collection, id, value), digests(secret, collection, lookUp))
    },
    async get<T>(collection: string, id: string) {
      const secret = await key()
      const stored = await records.get<Sealed>(collection, id)
      return stored && open<T>(secret, collection, stored)
    },
    async findUnique<T>(collection: string, name: string, value: string) {
      const secret = await key()
      const stored = await records.findUnique<Sealed>(collection, name, digest(secret, collection, name, value))
      return stored && open<T>(secret, collection, stored)
    },
    async find<T>(collection: string, name: string, value: string, limit?: number) {
      const secret = await key()
      const found = await records.find<Sealed>(collection, name, digest(secret, collection, name, value), limit)
      return found.map((stored) => open<T>(secret, collection, stored))
    },
    async all<T>(collection: string, limit?: number) {
      const secret = await key()
      return (await records.all<Sealed>(collection, limit)).map((stored) => open<T>(secret, collection, stored))
    },
    async replace(collection, id, version, value, lookUp) {
      const secret = await key()
      return records.replace(collection, id, version, seal(secret, collection, id, value), digests(secret, collection, lookUp))
    },
    remove: (collection, id) => records.remove(collection, id),
  }
}
