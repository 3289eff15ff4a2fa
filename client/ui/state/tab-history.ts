// Back and Forward walk through our own screens. Each place has a level: going deeper adds an entry to the tab's history, staying on a
// level changes the entry, coming up walks back to it, so that to and fro makes no stack. What lies over the page (a dialog, the drawer)
// is an entry as well, above every level. What rests in an entry is there again after a reload; it ends with the tab.
import { keptInEntry } from './history-entry.ts'

interface TabHistory {
  /** Of the entry that is shown: what `go` left there. */
  place(): unknown
  /** From a place of one level to a place of another. `reading`: what is read at both. */
  go(from: number, to: number, place: object, reading?: unknown): void
  /** Something lies over the page; `close` puts it away when somebody goes back. The answer is called once it is gone. */
  cover(close: () => void): () => void
  /** Told when somebody came to another entry by Back or Forward. */
  subscribe(listener: () => void): () => void
}

interface Tab {
  readonly history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>
  addEventListener(name: 'popstate', listener: () => void): void
}

export function createTabHistory(tab: Tab): TabHistory {
  const { history } = tab
  const covers: (() => void)[] = []
  const listeners = new Set<() => void>()
  /** A walk of ours is under way; the browser tells when it has arrived. */
  let arrive: (() => void) | undefined

  const kept = (name: string) => keptInEntry(name, history.state)
  const coversNoted = () => Number(kept('covers') ?? 0)
  const levels = (from: number): readonly number[] => (kept('levels') as readonly number[] | undefined) ?? [from] // written by this file alone

  function walkBack(count: number, then: () => void) {
    if (count === 0) return then()
    arrive = then
    history.go(-count)
  }

  function go(from: number, to: number, place: object, reading?: unknown) {
    if (arrive) {
      const before = arrive
      arrive = () => {
        before()
        go(from, to, place, reading)
      }
      return
    }
    const stack = [...levels(from), ...Array<number>(coversNoted()).fill(Number.POSITIVE_INFINITY)]
    const below = stack.filter((level) => level < to)
    const entry = () => ({ ...history.state, place, levels: [...below, to], covers: 0, reading })
    queueMicrotask(settle) // what lies over the page may still do so
    if (below.length === stack.length) return history.pushState(entry(), '')
    walkBack(stack.length - below.length - 1, () => {
      if (coversNoted() > 0 || !isSame(kept('place'), place)) history.replaceState(entry(), '')
    })
  }

  /** An entry for each thing that lies over the page, and for nothing that does not. */
  function settle() {
    if (arrive) return
    for (let noted = coversNoted(); noted < covers.length; ) history.pushState({ ...history.state, covers: ++noted }, '')
    walkBack(coversNoted() - covers.length, () => undefined)
  }

  tab.addEventListener('popstate', () => {
    const arrived = arrive
    arrive = undefined
    if (arrived) arrived()
    else {
      for (const close of covers.splice(coversNoted())) close()
      for (const listener of [...listeners]) listener()
    }
    queueMicrotask(settle)
  })

  return {
    place: () => kept('place'),
    go,
    cover(close) {
      covers.push(close)
      // one thing after another over the same page shares an entry
      queueMicrotask(settle)
      return () => {
        const at = covers.indexOf(close)
        if (at >= 0) covers.splice(at, 1)
        queueMicrotask(settle)
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      queueMicrotask(settle) // a page that was loaded again has nothing over it
      return () => listeners.delete(listener)
    },
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
