// What this device keeps of one person's case, by key: read at once, from memory; written behind, each change begun in the turn it is made in.
// Only what is said to be kept here has been written whole.

/** Where it rests. */
export interface Disk {
  /** Resolves when all of it rests there; nothing of it does where it fails. `undefined` takes away. Later calls never overtake earlier ones. */
  write(changes: ReadonlyMap<string, string | undefined>): Promise<void>
  /** Everything that begins so, whoever wrote it. */
  clear(prefix: string): Promise<void>
  /** False where what was written may be gone with the browser. */
  readonly lasts: boolean
}

/** `keeping`: under way. `refused`: the browser did not take it, or promises nothing. */
export type Keeping = 'kept' | 'keeping' | 'refused'

export interface DeviceStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  keys(prefix: string): readonly string[]
  clear(prefix: string): void
  /** Of everything that was written until now. */
  keeping(): Keeping
  subscribe(listener: () => void): () => void
}

/** `content`: what rests there already. */
export function createDeviceStorage(content: Map<string, string>, disk: Disk): DeviceStorage {
  const listeners = new Set<() => void>()
  /** Keys alone: what is written is always what stands now, so that nothing late overwrites anything newer. */
  let changed = new Set<string>()
  /** Not taken; tried again with the next change. */
  let refused = new Set<string>()
  let underWay = 0
  let told: Keeping = disk.lasts ? 'kept' : 'refused'

  function keeping(): Keeping {
    if (refused.size > 0 || !disk.lasts) return 'refused'
    return underWay > 0 || changed.size > 0 ? 'keeping' : 'kept'
  }

  function tell() {
    if (told === keeping()) return
    told = keeping()
    for (const listener of [...listeners]) listener()
  }

  function change(key: string) {
    if (changed.size === 0) queueMicrotask(() => handOver([...refused, ...changed]))
    changed.add(key)
    tell()
  }

  /** A connection that has gone stale is found out by using it: what fails is tried once more at once. */
  function handOver(keys: readonly string[], isAgain = false) {
    const now = new Map(keys.map((key) => [key, content.get(key)]))
    changed = new Set([...changed].filter((key) => !now.has(key)))
    refused = new Set([...refused].filter((key) => !now.has(key)))
    run(disk.write(now), () => {
      if (!isAgain) return handOver(keys, true)
      refused = new Set([...refused, ...keys])
    })
  }

  function run(work: Promise<void>, failed: () => void) {
    underWay++
    const done = () => {
      underWay--
      tell()
    }
    work.catch(failed).then(done, done)
  }

  return {
    getItem: (key) => content.get(key) ?? null,
    setItem(key, value) {
      content.set(key, value)
      change(key)
    },
    removeItem(key) {
      if (content.delete(key)) change(key)
    },
    keys: (prefix) => [...content.keys()].filter((key) => key.startsWith(prefix)),
    clear(prefix) {
      for (const key of [...content.keys()]) if (key.startsWith(prefix)) content.delete(key)
      run(disk.clear(prefix), () => run(disk.clear(prefix), () => undefined)) // once more, as above
    },
    keeping,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
