// Registers the service worker and tells when a newer version waits. Nothing is reloaded under a person's hands.
export interface UpdateWatch {
  /** Called with true once a newer version is ready; the answer stops. */
  subscribe(onChange: (waiting: boolean) => void): () => void
  /** Takes the newer version; the page reloads. */
  take(): void
}

export const NO_UPDATES: UpdateWatch = { subscribe: () => () => undefined, take: () => undefined }

interface Watching {
  /** When the worker may be fetched. */
  readonly start: Promise<void>
  readonly reload: () => void
}

export function watchUpdates(container: ServiceWorkerContainer, { start, reload }: Watching): UpdateWatch {
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
  start.then(() => container.register('/service-worker.js', { updateViaCache: 'none' })).then(watch, () => undefined)
  container.addEventListener('controllerchange', () => {
    if (taking) reload()
  })
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      if (waiting) listener(true)
      return () => listeners.delete(listener)
    },
    take: () => {
      taking = true
      if (waiting) waiting.postMessage('take-over')
      else reload()
    },
  }
}
