// What rests of one person's case on this device, loaded before the case opens: from the disk, and once from where earlier releases kept it.
// Where the browser refuses the disk it stays there, and nothing is promised.
import type { Timers } from '#shared/kernel/clock.ts'
import { createDeviceStorage, type DeviceStorage, type Disk } from './device-storage.ts'

type Content = Map<string, string>

export interface ReadableDisk extends Disk {
  read(prefix: string): Promise<Content>
  /** Asking makes nothing. */
  isThere(): Promise<boolean>
}

/** What of the browser's Storage is needed: earlier releases kept everything in it. */
export type OldStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

interface Places {
  readonly disk: ReadableDisk
  readonly old: OldStorage | undefined
}

/** Some browsers never answer; then it is as if they had refused. */
const ANSWER_WITHIN = 3_000

/** Undefined where the browser keeps nothing at all. */
export async function openDeviceStorage(places: Places & { readonly timers: Timers }, prefix: string): Promise<DeviceStorage | undefined> {
  const { disk, old, timers } = places
  const left = old ? contentOf(old, prefix) : new Map()
  try {
    const content = await within(timers, broughtOver(disk, left, prefix))
    for (const key of left.keys()) old?.removeItem(key)
    return createDeviceStorage(content, { ...disk, clear: (all) => clearBoth(places, all) })
  } catch {
    return old && createDeviceStorage(left, oldDisk(old)) // the screen says that nothing is promised
  }
}

/** Nothing of it stays, and nothing is made where nothing was. */
export async function forgetOnDevice({ disk, old }: Places, prefix: string): Promise<void> {
  if (old) await oldDisk(old).clear(prefix)
  if (await disk.isThere()) await disk.clear(prefix)
}

/** What rests on the disk is newer than what an earlier release left. */
async function broughtOver(disk: ReadableDisk, left: Content, prefix: string): Promise<Content> {
  const content = await disk.read(prefix)
  const missing = new Map([...left].filter(([key]) => !content.has(key)))
  if (missing.size > 0) await disk.write(missing)
  return new Map([...missing, ...content])
}

/** A page of an earlier release may still be open and write there. */
async function clearBoth({ disk, old }: Places, prefix: string): Promise<void> {
  if (old) await oldDisk(old).clear(prefix)
  await disk.clear(prefix)
}

function within<T>(timers: Timers, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(ANSWER_WITHIN, () => reject(new Error('no answer')))
    work.then(resolve, reject).finally(cancel)
  })
}

function oldDisk(old: OldStorage): Disk {
  return {
    lasts: false,
    async write(changes) {
      for (const [key, value] of changes) {
        if (value === undefined) old.removeItem(key)
        else old.setItem(key, value)
      }
    },
    async clear(prefix) {
      for (const key of contentOf(old, prefix).keys()) old.removeItem(key)
    },
  }
}

function contentOf(old: OldStorage, prefix: string): Content {
  const content: Content = new Map()
  for (let at = 0; at < old.length; at++) {
    const key = old.key(at)
    const value = key?.startsWith(prefix) ? old.getItem(key) : null
    if (key && value !== null) content.set(key, value)
  }
  return content
}
