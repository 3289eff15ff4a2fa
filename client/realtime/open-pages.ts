// Which pages of this browser are open. Asked only where another page has left something.
import type { Timers } from '#shared/kernel/clock.ts'
import { lockOf, type PageLocks } from './stand-as-open.ts'

/** A page that was closed or reloaded a moment ago lets go within this. */
const LETS_GO_WITHIN = 300

/** Those of the pages that are open. */
export async function openAmong(locks: PageLocks | undefined, timers: Timers, pages: readonly string[]): Promise<ReadonlySet<string>> {
  if (!locks) return new Set()
  const open = await Promise.all(pages.map((page) => isHeld(locks, timers, lockOf(page))))
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
