// Keeps the shell (page, code, styles, fonts) so that Bitim opens without a connection. It never keeps an answer of the server:
// nothing under /api or /socket.io passes here, and no address with a person's secret is ever a key.
import { answerFrom, loadedAssets } from './answer-from.ts'

declare const self: ServiceWorkerGlobalScope
/** Written by the build: what every page needs, what an update needs besides, and a name that changes with them. */
declare const SHELL: { readonly version: string; readonly files: readonly string[]; readonly more: readonly string[] }

const CACHE = `bitim-shell-${SHELL.version}`

self.addEventListener('install', (event) => {
  // on a first visit the page tells what else it has loaded; at an update there is no such page yet
  const files = self.registration.active ? [...SHELL.files, ...SHELL.more] : SHELL.files
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files.map(fresh))))
})

// Hashed files never change: on a weak line an update must not fetch the fonts again.
function fresh(file: string): Request {
  return new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' })
}

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()))
})

async function dropOldCaches(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
}

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
  else event.waitUntil(keep(loadedAssets(event.data, self.location.origin)))
})

async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE)
  const unknown = await Promise.all(paths.map(async (path) => ((await cache.match(path)) ? [] : [path])))
  // one that cannot be had again leaves the others kept
  await Promise.allSettled(unknown.flat().map((path) => cache.add(path)))
}

// A notification says only that something is new; touched, it leads back to a room that is open.
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(showRoom())
})

async function showRoom(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  await pages.find(({ url }) => new URL(url).pathname.startsWith('/room/'))?.focus()
}

self.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request
  const answer = answerFrom({ method, url, navigates: mode === 'navigate' }, { origin: self.location.origin, files: SHELL.files })
  if (answer.from === 'shell') event.respondWith(fromShell(answer.path, event.request))
})

async function fromShell(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(path)
  if (kept) return kept
  const answer = await fetch(request)
  // the rooms' and the editor's code is kept from its first use on; only hashed names, which never change
  if (answer.ok && answer.type === 'basic' && path.startsWith('/assets/')) await cache.put(path, answer.clone())
  return answer
}
