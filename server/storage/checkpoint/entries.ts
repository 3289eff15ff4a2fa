// Entries of a checkpoint as they rest: encrypted under a key derived from the master key, bound to their name and revision.
import { deriveKey, macWith } from '#server/kernel/digest.ts'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
import type { CheckpointEntry, CheckpointStore } from '#server/storage/ports.ts'
import { base64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'

export const ROOT = 'root'
/** Not encrypted: written by whoever puts a backup in place, who need not have the master key. Says which epoch to take as it is. */
export const RESTORED = 'restored'

export interface OpenEntry {
  readonly revision: number
  readonly value: unknown
}

export interface Entries {
  /** All of them; those that do not open are named instead. */
  readAll(): Promise<{ readonly open: ReadonlyMap<string, OpenEntry>; readonly damaged: readonly string[] }>
  /** Replaces entries, each by what `next` says once it was read what stands there; undefined leaves it. Asked again if another server was first. */
  update(names: readonly string[], next: (name: string, stands: unknown) => unknown): Promise<void>
  remove(names: readonly string[]): Promise<void>
  nameOfRecord(collection: string, id: string): string
}

const PAGE = 1_000
/** Written in one piece: what people ask for waits no longer than for these. */
const AT_ONCE = 50
const TRIES = 20

export function openEntries(store: CheckpointStore, masterKey: Uint8Array, entropy: Entropy): Entries {
  const key = deriveKey(masterKey, 'bitim checkpoint 1')
  const macOf = macWith(key)
  const context = (name: string, revision: number) => utf8(JSON.stringify(['bitim-checkpoint/1', name, revision]))
  const encrypted = (name: string, revision: number, value: unknown): CheckpointEntry => ({
    name,
    revision,
    bytes: encryptBytes(key, utf8(JSON.stringify(value)), context(name, revision + 1), entropy),
  })
  const opened = ({ name, revision, bytes }: CheckpointEntry): unknown =>
    JSON.parse(fromUtf8(name === RESTORED ? bytes : decryptBytes(key, bytes, context(name, revision))))

  async function readAll() {
    const open = new Map<string, OpenEntry>()
    const damaged: string[] = []
    for (let after = ''; ; ) {
      const page = await store.read(after, PAGE)
      for (const entry of page) {
        try {
          open.set(entry.name, { revision: entry.revision, value: opened(entry) })
        } catch {
          damaged.push(entry.name) // told by the caller, who knows what it was for
        }
      }
      after = page.at(-1)?.name ?? after
      if (page.length < PAGE) return { open, damaged }
    }
  }

  async function update(names: readonly string[], next: (name: string, stands: unknown) => unknown): Promise<void> {
    for (let at = 0; at < names.length; at += AT_ONCE) await updateSome(names.slice(at, at + AT_ONCE), next)
  }

  async function updateSome(names: readonly string[], next: (name: string, stands: unknown) => unknown): Promise<void> {
    let left = names
    for (let tries = 0; left.length > 0; tries++) {
      if (tries > TRIES) throw new AppError({ kind: 'unavailable' }, { message: 'a checkpoint entry is written by others all the time' })
      const found = await Promise.all(left.map((name) => store.get(name)))
      const values = await Promise.all(left.map((name, at) => next(name, found[at] && opened(found[at]))))
      const entries = left.flatMap((name, at) => (values[at] === undefined ? [] : [encrypted(name, found[at]?.revision ?? 0, values[at])]))
      const written = entries.length > 0 ? await store.write(entries) : []
      left = entries.filter((_entry, at) => written[at] !== true).map(({ name }) => name)
    }
  }

  return {
    readAll,
    update,
    remove: (names) => (names.length === 0 ? Promise.resolve() : store.remove(names)),
    nameOfRecord: (collection, id) => `record/${base64url(macOf(JSON.stringify([collection, id]))).slice(0, 22)}`,
  }
}
