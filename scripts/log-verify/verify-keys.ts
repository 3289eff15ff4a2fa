// Wrapped keys: each opens under the master key as what its name says. One whose audience has said nothing yet is no fault.
import { isSharedSecret } from '#server/config/secrets.ts'
import { decryptBytes } from '#server/log/body-cipher.ts'
import type { KeyStore } from '#server/storage/ports.ts'
import { RECORDS_KEY } from '#server/storage/record-cipher.ts'
import { isAudience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { ID_PATTERN } from '#shared/kernel/ids.ts'

interface Report {
  readonly count: number
  readonly faults: readonly string[]
  readonly notes: readonly string[]
}

/** `audiences`: names (`case/audience`) of those that have events. */
export async function verifyKeys(keys: KeyStore, masterKey: Uint8Array, audiences: ReadonlySet<string>): Promise<Report> {
  const faults: string[] = []
  const notes: string[] = []
  const names = await keys.names()
  for (const name of names) {
    const wrapped = await keys.get(name)
    if (!wrapped || !opens(masterKey, name, wrapped)) faults.push(`key ${name}: changed, or of another place or installation`)
    else if (!isKnown(name)) faults.push(`key ${name}: belongs to nothing here`)
    else if (name.includes('/') && !audiences.has(name)) notes.push(`key ${name}: nothing was said under it yet (harmless)`)
  }
  if (!names.includes(RECORDS_KEY)) faults.push(`key ${RECORDS_KEY}: missing`)
  return { count: names.length, faults, notes }
}

function opens(masterKey: Uint8Array, name: string, wrapped: Uint8Array): boolean {
  if (name !== RECORDS_KEY && name.startsWith('installation:')) return isSharedSecret(masterKey, name, wrapped)
  try {
    return decryptBytes(masterKey, wrapped, utf8(name)).length === 32
  } catch {
    return false
  }
}

function isKnown(name: string): boolean {
  const slash = name.indexOf('/')
  return slash < 0 ? name.startsWith('installation:') : ID_PATTERN.test(name.slice(0, slash)) && isAudience(name.slice(slash + 1))
}
