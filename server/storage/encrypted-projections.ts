// Projections as they rest: a value and the keys it is found by encrypted together, bound to table, place and commit; the keys besides as keyed
// digests. What stays readable is how many documents have one key, and their order: so only what is public by nature may order them.
import { deriveKey, macWith } from '#server/kernel/digest.ts'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
import { base64, base64url, fromBase64, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { KeyStore, ProjectionDocument, ProjectionLookup, ProjectionStore } from './ports.ts'
import { openRecordsKey } from './record-cipher.ts'
import { storableText, UnstorableError } from './storable.ts'

interface Deps {
  readonly keys: Pick<KeyStore, 'get' | 'putIfAbsent'>
  readonly masterKey: Uint8Array
  readonly entropy: Entropy
}

type Lookups = ProjectionDocument['lookups']

interface ProjectionCipher {
  encrypt(table: string, document: ProjectionDocument): ProjectionDocument
  /** Throws when it was written elsewhere, or changed, or is found by other keys. */
  decrypt<T>(table: string, resting: ProjectionDocument): ProjectionDocument<T>
  digest(table: string, lookup: string, key: string): string
}

export function encryptProjections(store: ProjectionStore, deps: Deps): ProjectionStore {
  let opening: Promise<ProjectionCipher> | undefined

  function cipher(): Promise<ProjectionCipher> {
    opening ??= openRecordsKey(deps)
      .then((key) => projectionCipher(key, deps.entropy))
      .catch((cause: unknown) => {
        opening = undefined // asked again at the next need
        throw cause
      })
    return opening
  }

  return {
    ...store,
    async put(table, documents) {
      const by = await cipher()
      await store.put(
        table,
        documents.map((document) => by.encrypt(table, document)),
      )
    },
    async find<T>(table: string, query: Parameters<ProjectionStore['find']>[1]) {
      const by = await cipher()
      const found = await store.find(table, { ...query, key: by.digest(table, query.lookup, query.key) })
      return found.map((each) => by.decrypt<T>(table, each))
    },
    async ofCase(table, caseId) {
      const by = await cipher()
      return (await store.ofCase(table, caseId)).map((each) => by.decrypt(table, each))
    },
  }
}

/** With the key of the records: whoever changes the master key wraps that one anew, and nothing here changes. */
function projectionCipher(recordsKey: Uint8Array, entropy: Entropy): ProjectionCipher {
  const encryption = deriveKey(recordsKey, 'bitim projections 1 encrypt')
  const mac = macWith(deriveKey(recordsKey, 'bitim projections 1 mac'))
  const digest = (table: string, lookup: string, key: string) => base64url(mac(JSON.stringify([table, lookup, storableText(key)])))
  const resting = (table: string, lookups: Lookups): Lookups =>
    mapped(lookups, (name, { key, order }) => ({ key: digest(table, name, key), order }))

  return {
    digest,
    encrypt(table, document) {
      const { value, lookups } = document
      if (value === undefined) return { ...document, lookups: {} }
      const text = JSON.stringify([value, lookups])
      return {
        ...document,
        value: base64(encryptBytes(encryption, utf8(text), contextOf(table, document), entropy)),
        lookups: resting(table, lookups),
      }
    },
    decrypt<T>(table: string, found: ProjectionDocument) {
      const { value, lookups: stored, ...place } = found
      if (value === undefined) return { ...place, value, lookups: {} }
      if (typeof value !== 'string') throw new UnstorableError('no encrypted value')
      const bytes = fromBase64(value)
      if (base64(bytes) !== value) throw new Error('not as it was written') // other letters for the same bytes are a change, too
      const plain = decryptBytes(encryption, bytes, contextOf(table, found))
      const [opened, lookups] = JSON.parse(fromUtf8(plain)) as [T, Lookups] // what was encrypted above
      if (ordered(resting(table, lookups)) !== ordered(stored))
        throw new Error('a projection that is found by other keys than it was written with')
      return { ...place, value: opened, lookups }
    },
  }
}

function mapped(lookups: Lookups, each: (name: string, lookup: ProjectionLookup) => ProjectionLookup): Lookups {
  return Object.fromEntries(Object.entries(lookups).map(([name, lookup]) => [name, each(name, lookup)]))
}

function ordered(lookups: Lookups): string {
  const rows = Object.entries(lookups).map(([name, { key, order }]) => [name, key, order])
  return JSON.stringify(rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
}

function contextOf(table: string, { id, caseId, commitNumber }: ProjectionDocument): Uint8Array {
  return utf8(JSON.stringify(['bitim-projection/1', table, id, caseId, commitNumber]))
}
