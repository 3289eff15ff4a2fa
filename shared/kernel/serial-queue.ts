// Asynchronous work that must not overlap: each run begins when those asked for before it have ended.

/** Runs what it is given, one after the other. A run that fails fails for whoever asked; the next one runs all the same. */
type SerialQueue = <T>(run: () => Promise<T> | T) => Promise<T>

export function serialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const mine = last.then(run)
    last = mine.catch(() => undefined) // whoever asked hears of it
    return mine
  }
}

/** A queue for each key, kept only while something runs in it. */
interface SerialQueues<Key> {
  run<T>(key: Key, run: () => Promise<T> | T): Promise<T>
  /** Something runs or waits there. */
  isBusy(key: Key): boolean
}

export function serialQueues<Key>(): SerialQueues<Key> {
  const queues = new Map<Key, { readonly queue: SerialQueue; waiting: number }>()
  return {
    run(key, run) {
      const held = queues.get(key) ?? { queue: serialQueue(), waiting: 0 }
      queues.set(key, held)
      held.waiting += 1
      return held.queue(run).finally(() => {
        held.waiting -= 1
        if (held.waiting === 0) queues.delete(key)
      })
    },
    isBusy: (key) => queues.has(key),
  }
}
