// Out of the page at once, and nothing of Bitim left on this device. What needs the server is asked of it and never waited for; what the
// device does is given a moment. Any part that fails keeps none of the others.
import { EMPTY_PAGE, markAway } from './away.ts'

export interface LeavingDeps {
  readonly page: Window
  /** Forgets the open case and closes its connection. */
  readonly forget: () => void
  /** Addresses that end the sessions of this browser. */
  readonly endings: readonly string[]
  readonly database: string
}

/** What deleting may take before the page goes in any case; it goes on behind it. */
const MOMENT = 1_000

export async function leavePage({ page, forget, endings, database }: LeavingDeps): Promise<void> {
  hide(page)
  // no page asks whether unsent words may go: that they do was said before
  page.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  for (const step of [forget, () => endSessions(page, endings), () => page.localStorage.clear(), () => markAway(page)]) attempt(step)
  const dropped = Promise.allSettled([() => dropDatabase(page, database), dropCaches, dropWorkers].map(async (drop) => drop(page)))
  await Promise.race([dropped, new Promise<void>((resolve) => page.setTimeout(resolve, MOMENT))])
  page.location.replace(EMPTY_PAGE)
}

/** Nothing can be seen, and no title can be set any more. */
function hide({ document }: Window): void {
  document.documentElement.replaceChildren()
}

/** Goes out even though the page goes. */
function endSessions(page: Window, endings: readonly string[]): void {
  for (const url of endings) {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
    page.fetch(url, { method: 'POST', body: '{}', headers, keepalive: true, credentials: 'same-origin' }).catch(() => undefined)
  }
}

/** Another page of this browser lets go of it when it is asked to; its words go with it. */
function dropDatabase(page: Window, name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = page.indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
  })
}

async function dropCaches(page: Window): Promise<void> {
  const names = await page.caches.keys()
  await Promise.all(names.map((name) => page.caches.delete(name)))
}

async function dropWorkers({ navigator }: Window): Promise<void> {
  const all = await navigator.serviceWorker.getRegistrations()
  await Promise.all(all.map((each) => each.unregister()))
}

function attempt(step: () => void): void {
  try {
    step()
  } catch {
    // the others are done all the same
  }
}
