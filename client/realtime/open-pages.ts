// Which pages of this browser are open: what an open page keeps on the device is that page's to send, and nobody else takes it over.
import type { Timers } from '#shared/kernel/clock.ts'

/** What of the browser's LockManager is needed. */
export interface PageLocks {
  request(name: string, options: { signal?: AbortSignal }, held: () => unknown): Promise<unknown>
}

/** A page that was closed or reloaded a moment ago lets go within this. */
const LETS_GO_WITHIN = 300

const nameOf = (page: string) => `bitim:page:${page}`

/** As long as the page lives, or until what this answers is called. */
export function standAsOpen(locks: PageLocks | undefined, page: string): () => void {
  let leave: () => void = () => undefined
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  locks?.request(nameOf(page), {}, () => left).catch(() => undefined) // where there are no locks every page counts as gone, as below
  return leave
}

/** Those of the pages that are open. */
export async function openAmong(locks: PageLocks | undefined, timers: Timers, pages: readonly string[]): Promise<ReadonlySet<string>> {
  if (!locks) return new Set()
  const open = await Promise.all(pages.map((page) => isHeld(locks, timers, nameOf(page))))
  return new Set(pages.filter((_, at) => open[at]))
}

async function isHeld(locks: PageLocks, timers: Timers, name: string): Promise<boolean> {
  const waiting = new AbortController()
  const stop = timers.after(LETS_GO_WITHIN, () => waiting.abort())
  try {
    await locks.request(name, { signal: waiting.signal }, () => undefined)
    return false
  } catch {
    return waiting.signal.aborted
  } finally {
    stop()
  }
}
