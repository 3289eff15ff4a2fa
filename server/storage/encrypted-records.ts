// Records as they rest: values encrypted, keys to look them up by as keyed digests (record-cipher.ts).
// A stolen database tells no name, address or title; what it tells is how many records of which kind there are.
import type { Entropy } from '#shared/kernel/clock.ts'
import type { KeyStore, RecordKeys, RecordStore, StoredRecord } from './ports.ts'
import { openRecordsKey, type RecordCipher, recordCipher } from './record-cipher.ts'

/** Told of each change before it is made and after, so that a checkpoint knows what it has to write down. */
export interface RecordWatch {
  /** Answers the stamp to write with. Each call is followed by one of `done`, whatever became of the write. */
  begin(collection: string, id: string): string
  done(collection: string, id: string, stamp: string): void
  /** Before a record is removed: leaves what tells a removal from a theft. */
  removing(collection: string, id: string, stamp: string): Promise<void>
}

interface Deps {
  readonly keys: Pick<KeyStore, 'get' | 'putIfAbsent'>
  readonly masterKey: Uint8Array
  readonly entropy: Entropy
  readonly watch?: RecordWatch
  /** True while an upgrade from before 2.2 is under way. */
  readonly acceptsOldForm?: () => boolean
}

const UNWATCHED: RecordWatch = { begin: () => '', done: () => undefined, removing: async () => undefined }

export function encryptRecords(records: RecordStore, deps: Deps): RecordStore {
  const { watch = UNWATCHED, acceptsOldForm = () => false } = deps
  let opening: Promise<RecordCipher> | undefined

  function cipher(): Promise<RecordCipher> {
    opening ??= openRecordsKey(deps)
      .then((key) => recordCipher(key, deps.entropy, acceptsOldForm))
      .catch((cause: unknown) => {
        opening = undefined // asked again at the next need
        throw cause
      })
    return opening
  }

  const open = <T>(by: RecordCipher, collection: string, { id, version, value }: StoredRecord<unknown>): StoredRecord<T> => ({
    id,
    version,
    value: by.decrypt({ collection, id, version }, value) as T, // what was encrypted below
  })

  /** The index keys of one look-up, as they rest. */
  const restingKey = (by: RecordCipher, collection: string, name: string, value: string) =>
    by.lookups(collection, { index: { [name]: value } }).index?.[name] ?? ''

  async function watched<T>(collection: string, id: string, write: (stamp: string) => Promise<T>): Promise<T> {
    const stamp = watch.begin(collection, id)
    try {
      return await write(stamp)
    } finally {
      watch.done(collection, id, stamp)
    }
  }

  return {
    async insert(collection, id, value, lookUp?: { unique?: RecordKeys; index?: RecordKeys }) {
      const by = await cipher()
      const keys = by.lookups(collection, lookUp)
      return watched(collection, id, (stamp) =>
        records.insert(collection, id, by.encrypt({ collection, id, version: 1 }, value, keys, stamp), keys),
      )
    },
    async get<T>(collection: string, id: string) {
      const by = await cipher()
      const stored = await records.get<unknown>(collection, id)
      return stored && open<T>(by, collection, stored)
    },
    async findUnique<T>(collection: string, name: string, value: string) {
      const by = await cipher()
      const stored = await records.findUnique<unknown>(collection, name, restingKey(by, collection, name, value))
      return stored && open<T>(by, collection, stored)
    },
    async find<T>(collection: string, name: string, value: string, limit?: number) {
      const by = await cipher()
      const found = await records.find<unknown>(collection, name, restingKey(by, collection, name, value), limit)
      return found.map((stored) => open<T>(by, collection, stored))
    },
    async all<T>(collection: string, limit?: number) {
      const by = await cipher()
      return (await records.all<unknown>(collection, limit)).map((stored) => open<T>(by, collection, stored))
    },
    async replace(collection, id, version, value, lookUp) {
      const by = await cipher()
      const keys = by.lookups(collection, lookUp)
      return watched(collection, id, (stamp) =>
        records.replace(collection, id, version, by.encrypt({ collection, id, version: version + 1 }, value, keys, stamp), keys),
      )
    },
    remove: (collection, id, version) =>
      watched(collection, id, async (stamp) => {
        // Both in one turn, so in one transaction where there are any; where there are none, in this order.
        await watch.removing(collection, id, stamp)
        await records.remove(collection, id, version)
      }),
  }
}
