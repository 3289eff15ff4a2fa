// What rests of one person's case on this device, loaded before the case opens. What is needed only behind an earlier release, or where the
// browser refuses its database, is fetched then.
import type { Timers } from '#shared/kernel/clock.ts'
import { createDeviceStorage, type DeviceStorage, type Disk } from './device-storage.ts'

export interface ReadableDisk extends Disk {
  read(prefix: string): Promise<Map<string, string>>
}

/** What of the browser's Storage is needed: earlier releases kept everything in it. */
export type OldStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export interface Places {
  readonly disk: ReadableDisk
  readonly old: OldStorage | undefined
}

/** Some browsers never answer; then it is as if they had refused. */
const ANSWER_WITHIN = 3_000

/** Undefined where the browser keeps nothing at all. */
export async function openDeviceStorage(places: Places & { readonly timers: Timers }, prefix: string): Promise<DeviceStorage | undefined> {
  const { disk, old, timers } = places
  const tooLate = new Promise<never>((_, reject) => timers.after(ANSWER_WITHIN, () => reject(new Error('no answer'))))
  try {
    const content = await Promise.race([disk.read(prefix), tooLate])
    if (old && keysIn(old, prefix).length > 0) {
      const { bringOver } = await import('./earlier-release.ts')
      await Promise.race([bringOver({ disk, old }, prefix, content), tooLate])
    }
    return createDeviceStorage(content, { ...disk, clear: (all) => clearBoth(places, all) })
  } catch {
    if (!old) return undefined
    // the screen says that nothing is promised
    return import('./earlier-release.ts').then(
      ({ storageOfEarlierRelease }) => storageOfEarlierRelease(old, prefix),
      () => undefined,
    )
  }
}

/** A page of an earlier release may still be open and write there. */
async function clearBoth({ disk, old }: Places, prefix: string): Promise<void> {
  if (old) for (const key of keysIn(old, prefix)) old.removeItem(key)
  await disk.clear(prefix)
}

export function keysIn(old: OldStorage, prefix: string): readonly string[] {
  return Array.from({ length: old.length }, (_, at) => old.key(at) ?? '').filter((key) => key.startsWith(prefix))
}
