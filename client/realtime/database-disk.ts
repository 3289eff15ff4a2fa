// The browser's own database as a disk: a completed transaction outlives a browser that is killed the next moment.
import type { ReadableDisk } from './open-device-storage.ts'

export const DATABASE = 'bitim'
const STORE = 'kept'

/** `databases` may throw, as browsers do that refuse them. */
export function databaseDisk(databases: () => IDBFactory): ReadableDisk {
  /** One for all that is asked at once: over two of them a later write could overtake an earlier one. */
  let connection: Promise<IDBDatabase> | undefined

  async function connect(): Promise<IDBDatabase> {
    const request = databases().open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    const database = await answerOf(request)
    database.onversionchange = () => database.close()
    return database
  }

  /** Phones close the databases of pages that slept: whoever asks again gets another connection. */
  async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => T): Promise<T> {
    connection ??= connect()
    const mine = connection
    try {
      return await transact(await mine, mode, act)
    } catch (error) {
      if (connection === mine) connection = undefined
      throw error
    }
  }

  return {
    lasts: true,
    async read(prefix) {
      const { keys, values } = await run('readonly', (store) => ({
        keys: store.getAllKeys(rangeOf(prefix)),
        values: store.getAll(rangeOf(prefix)),
      }))
      return new Map(keys.result.map((key, at) => [String(key), String(values.result[at])]))
    },
    write: (changes) =>
      run('readwrite', (store) => {
        for (const [key, value] of changes) {
          if (value === undefined) store.delete(key)
          else store.put(value, key)
        }
      }),
    async clear(prefix) {
      await run('readwrite', (store) => store.delete(rangeOf(prefix)))
    },
  }
}

/** Resolves when the transaction is complete. It is committed at once: the page may be gone before the browser would do it by itself. */
function transact<T>(database: IDBDatabase, mode: IDBTransactionMode, act: (store: IDBObjectStore) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode)
    const asked = act(transaction.objectStore(STORE))
    transaction.oncomplete = () => resolve(asked)
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
    transaction.commit()
  })
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function rangeOf(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`)
}
