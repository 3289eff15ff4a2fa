import { createDeviceStorage, type DeviceStorage } from '../device-storage.ts'
import type { ReadableDisk } from '../open-device-storage.ts'

interface MemoryDisk extends ReadableDisk {
  /** What rests there: all that another life of the browser finds. */
  readonly rests: Map<string, string>
  /** The browser refuses to keep anything. */
  refuses: boolean
  /** Writing does not end until it is let go. */
  hold(): () => void
}

/** A disk for tests. */
export function memoryDisk(rests = new Map<string, string>()): MemoryDisk {
  let held: Promise<void> = Promise.resolve()
  const disk: MemoryDisk = {
    rests,
    refuses: false,
    lasts: true,
    hold() {
      let release: () => void = () => undefined
      held = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    async read(prefix) {
      await held
      if (disk.refuses) throw new Error('forbidden')
      return new Map([...rests].filter(([key]) => key.startsWith(prefix)))
    },
    async write(changes) {
      await held
      if (disk.refuses) throw new Error('full')
      for (const [key, value] of changes) {
        if (value === undefined) rests.delete(key)
        else rests.set(key, value)
      }
    },
    async clear(prefix) {
      await held
      for (const key of [...rests.keys()]) if (key.startsWith(prefix)) rests.delete(key)
    },
  }
  return disk
}

interface MemoryDeviceStorage extends DeviceStorage {
  readonly content: Map<string, string>
  readonly disk: MemoryDisk
}

/** A device's storage for tests; `content` is what it keeps. */
export function memoryDeviceStorage(disk = memoryDisk()): MemoryDeviceStorage {
  const content = new Map(disk.rests)
  return { ...createDeviceStorage(content, disk), content, disk }
}
