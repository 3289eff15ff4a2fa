// What earlier releases kept in the browser's Storage: brought to the disk once, or gone on with where the browser refuses the disk.
import { DATABASE } from './database-disk.ts'
import { createDeviceStorage, type DeviceStorage } from './device-storage.ts'
import { keysIn, type OldStorage, type Places } from './open-device-storage.ts'

/** Taken away there only when it rests here. What rests here already is newer. */
export async function bringOver(
  { disk, old }: Places & { readonly old: OldStorage },
  prefix: string,
  content: Map<string, string>,
): Promise<void> {
  const left = contentOf(old, prefix)
  const missing = new Map([...left].filter(([key]) => !content.has(key)))
  await disk.write(missing)
  for (const [key, value] of missing) content.set(key, value)
  for (const key of left.keys()) old.removeItem(key)
}

export function storageOfEarlierRelease(old: OldStorage, prefix: string): DeviceStorage {
  return createDeviceStorage(contentOf(old, prefix), {
    lasts: false, // written to the disk at the browser's leisure
    async write(changes) {
      for (const [key, value] of changes) {
        if (value === undefined) old.removeItem(key)
        else old.setItem(key, value)
      }
    },
    async clear(all) {
      for (const key of keysIn(old, all)) old.removeItem(key)
    },
  })
}

/** Nothing of it stays, and nothing is made where nothing was. */
export async function forgetOnDevice(places: Places & { readonly databases: () => IDBFactory }, prefix: string): Promise<void> {
  const { databases, disk, old } = places
  if (old) for (const key of keysIn(old, prefix)) old.removeItem(key)
  const all = await databases().databases?.() // older browsers do not tell
  if (all?.some(({ name }) => name === DATABASE) ?? true) await disk.clear(prefix)
}

function contentOf(old: OldStorage, prefix: string): Map<string, string> {
  return new Map(keysIn(old, prefix).map((key) => [key, old.getItem(key) ?? '']))
}
