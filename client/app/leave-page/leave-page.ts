// Out of the page at once, and nothing of Bitim left on this device. What the device does is given a moment, and the server, which alone
// takes the way in off this device, a short one: behind a page that went, the browser may drop its answer. A part that fails keeps no other.
import { EMPTY_PAGE, markAway } from './away.ts'

export interface LeavingDeps {
  readonly page: Window
  /** Forgets the open case and closes its connection. */
  readonly forget: () => void
  /** Addresses that end the sessions of this browser. */
  readonly endings: readonly string[]
  readonly database: string
  /** The service worker that this page has asked for, which may be on its way. */
  readonly registered: () => Promise<unknown> | undefined
}

/** What deleting may take before the page goes in any case; it goes on behind it. */
const MOMENT = 2_000
const SERVERS_MOMENT = 500

export async function leavePage({ page, forget, endings, database, registered }: LeavingDeps): Promise<void> {
  hide(page)
  // no page asks whether unsent words may go: that they do was said before
  page.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  const ended = endSessions(page, endings)
  for (const step of [forget, () => page.localStorage.clear(), () => markAway(page)]) attempt(step)
  const dropped = Promise.allSettled([dropDatabase(page, database), dropWorkers(page, registered)])
  await Promise.all([within(page, dropped, MOMENT), within(page, ended, SERVERS_MOMENT)])
  page.location.replace(EMPTY_PAGE)
}

/** Nothing can be seen, and no title can be set any more. */
function hide({ document }: Window): void {
  document.documentElement.replaceChildren()
}

/** Goes out even though the page goes. */
function endSessions(page: Window, endings: readonly string[]): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
  const init = { method: 'POST', body: '{}', headers, keepalive: true, credentials: 'same-origin' } as const
  return Promise.allSettled(endings.map(async (url) => page.fetch(url, init)))
}

function within(page: Window, done: Promise<unknown>, milliseconds: number): Promise<unknown> {
  return Promise.race([done, new Promise((resolve) => page.setTimeout(resolve, milliseconds))])
}

/** Another page of this browser lets go of it when it is asked to; its words go with it. */
function dropDatabase(page: Window, name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = page.indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
  })
}

/** One that is on its way is waited for: it would fill its cache behind us. */
async function dropWorkers(page: Window, registered: LeavingDeps['registered']): Promise<void> {
  await dropCaches(page) // should the rest take too long
  await registered()?.catch(() => undefined)
  const all = await page.navigator.serviceWorker.getRegistrations()
  await Promise.all(all.map(({ installing }) => installing && settled(installing)))
  await Promise.all(all.map((each) => each.unregister()))
  await dropCaches(page)
}

function settled(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = () => worker.state !== 'installing' && resolve()
    worker.addEventListener('statechange', look)
    look()
  })
}

async function dropCaches({ caches }: Window): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.map((name) => caches.delete(name)))
}

function attempt(step: () => void): void {
  try {
    step()
  } catch {
    // the others are done all the same
  }
}
