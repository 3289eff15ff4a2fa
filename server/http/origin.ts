// Whose page sent a request. Only the installation's own pages may change anything or open a socket.

/** The page's origin: exactly the public one; on a machine's own loopback, its other names too. */
export function isOwnOrigin(origin: string, publicUrl: string): boolean {
  if (origin === publicUrl) return true
  if (!URL.canParse(origin) || !URL.canParse(publicUrl)) return false
  const [theirs, ours] = [new URL(origin), new URL(publicUrl)]
  return (
    theirs.origin === origin &&
    theirs.protocol === ours.protocol &&
    theirs.port === ours.port &&
    isLoopbackName(theirs.hostname) &&
    isLoopbackName(ours.hostname)
  )
}

/** Whether a socket may be opened: a page of another site cannot send its first request without naming itself. */
export function mayOpenSocket(origin: string | undefined, publicUrl: string): boolean {
  return origin === undefined || isOwnOrigin(origin, publicUrl)
}

/**
 * Whether a request that changes something may pass. Browsers always name the origin of such a request;
 * what names neither origin nor site is no browser, and carries no cookies of anybody else.
 */
export function comesFromOwnPage(
  headers: { origin?: string | undefined; 'sec-fetch-site'?: string | undefined },
  publicUrl: string,
): boolean {
  if (headers.origin !== undefined) return isOwnOrigin(headers.origin, publicUrl)
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '127.0.0.1'
}
