// Registers the service worker and tells when a newer version waits. Nothing is reloaded under a person's hands.
import type { Timers } from '#shared/kernel/clock.ts'

export interface UpdateWatch {
  /** Called with true once a newer version is ready; the answer stops. */
  subscribe(onChange: (waiting: boolean) => void): () => void
  /** Looks for a newer version, takes it if there is one, and reloads the page. */
  readonly take: () => void
  /** The worker that this page has asked for, if it has: undefined where there is none, or none yet. */
  readonly registered: () => Promise<ServiceWorkerRegistration> | undefined
}

/** Where there is no service worker. */
export const withoutUpdates = (reload: () => void): UpdateWatch => ({
  subscribe: () => () => undefined,
  take: reload,
  registered: () => undefined,
})

interface Watching {
  /** When the worker may be fetched. */
  readonly start: Promise<void>
  readonly reload: () => void
  readonly timers: Timers
}

/** How long a press on "reload" waits for the newer version before it reloads the page as it is. */
const PATIENCE = 10_000

export function watchUpdates(container: ServiceWorkerContainer, { start, reload, timers }: Watching): UpdateWatch {
  const listeners = new Set<(waiting: boolean) => void>()
  let waiting: ServiceWorker | null = null
  let taking = false
  const found = (worker: ServiceWorker | null) => {
    // the first worker of a device is no update: there is nothing older to replace
    if (!worker || !container.controller) return
    waiting = worker
    for (const listener of listeners) listener(true)
  }
  const watch = (registration: ServiceWorkerRegistration) => {
    found(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') found(registration.waiting)
      })
    })
  }
  // without a service worker the page works the same, only not without a connection
  let registering: Promise<ServiceWorkerRegistration> | undefined
  const register = () => {
    registering = container.register('/service-worker.js', { updateViaCache: 'none' })
    return registering
  }
  start.then(register).then(watch, () => undefined)
  container.addEventListener('controllerchange', () => {
    if (taking) reload()
  })
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      if (waiting) listener(true)
      return () => listeners.delete(listener)
    },
    registered: () => registering,
    take: () => {
      if (taking) return
      taking = true
      const stopWaiting = timers.after(PATIENCE, reload)
      // reloaded under the old worker, an old page is an old page again
      const newest = waiting ? Promise.resolve(waiting) : newestWorker(container)
      newest.then(
        (worker) => {
          if (worker) return worker.postMessage('take-over')
          stopWaiting()
          reload()
        },
        () => reload(),
      )
    },
  }
}

async function newestWorker(container: ServiceWorkerContainer): Promise<ServiceWorker | undefined> {
  const registration = await container.getRegistration()
  await registration?.update()
  const worker = registration?.installing ?? registration?.waiting
  if (worker?.state !== 'installing') return worker ?? undefined
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => resolve(worker.state === 'redundant' ? undefined : worker), { once: true })
  })
}
