// Keys of a record as an inspection finds them.
import type { RecordKeys } from './ports.ts'

/** A name that stands there twice shows both values: the earlier one of a link, say, that somebody has put beside the present one. */
export function restingKeys(found: readonly (readonly [name: string, value: string])[]): RecordKeys {
  const keys = new Map<string, string>()
  for (const [name, value] of found) {
    const other = keys.get(name)
    keys.set(name, other === undefined ? value : `${other} ${value}`)
  }
  return Object.fromEntries(keys)
}
