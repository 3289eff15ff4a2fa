// A stylesheet that could not be fetched is asked for again with the part that needs it. The bundler's own loader asks once in a page's
// life: opened again after a lost connection, the part would stand there without any style.

const lost = new Set<HTMLLinkElement>()

/** From now on stylesheets that fail are remembered. Such an event does not bubble, but it can be met on its way down. */
export function watchLostStyles(page: Document): void {
  page.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target)
    },
    true,
  )
}

/** Fetches anew what was lost; rejects when it fails again. */
export async function fetchLostStyles(): Promise<void> {
  await Promise.all([...lost].map(fetchAnew))
}

function fetchAnew(old: HTMLLinkElement): Promise<void> {
  lost.delete(old)
  const fresh = old.cloneNode() as HTMLLinkElement // the clone of a link
  return new Promise((resolve, reject) => {
    fresh.addEventListener('load', () => resolve())
    fresh.addEventListener('error', () => reject(new Error(`could not load ${fresh.href}`)))
    old.replaceWith(fresh)
  })
}
