// What an open page keeps on the device is that page's to send, and nobody else takes it over: so it says that it is open.

/** What of the browser's LockManager is needed. */
export interface PageLocks {
  request(name: string, options: { signal?: AbortSignal }, held: () => unknown): Promise<unknown>
}

export const lockOf = (page: string): string => `bitim:page:${page}`

/** As long as the page lives, or until what this answers is called. */
export function standAsOpen(locks: PageLocks | undefined, page: string): () => void {
  let leave: () => void = () => undefined
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  locks?.request(lockOf(page), {}, () => left).catch(() => undefined) // where there are no locks every page counts as gone, as below
  return leave
}
