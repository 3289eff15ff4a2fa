// What the worker may answer from its store. Default: nothing; then the request goes to the network as if there were no worker.
export interface Asked {
  readonly method: string
  readonly url: string
  readonly navigates: boolean
}

export type Answer = { readonly from: 'network' } | { readonly from: 'shell'; readonly path: string }

const NETWORK: Answer = { from: 'network' }
const PAGE = '/index.html'
const JOIN = '/join.html'

/** The path is the key in the store; it never has a query or a fragment, where secrets stand. */
export function answerFrom(asked: Asked, shell: { readonly origin: string; readonly files: readonly string[] }): Answer {
  const { origin, pathname } = new URL(asked.url)
  if (asked.method !== 'GET' || origin !== shell.origin) return NETWORK
  if (asked.navigates) return isPage(pathname) ? { from: 'shell', path: pathname === '/join' ? JOIN : PAGE } : NETWORK
  return pathname.startsWith('/assets/') || shell.files.includes(pathname) ? { from: 'shell', path: pathname } : NETWORK
}

// A page is an address without a dot outside the server's own paths; files to be opened (a bundle, a PDF) come from the server.
function isPage(path: string): boolean {
  return !/^\/(api|socket\.io|files|health|metrics)(\/|$)/.test(path) && !path.includes('.')
}

/** Of what a page says that it has loaded: the hashed files, by the paths they are kept under. */
export function loadedAssets(told: unknown, origin: string): readonly string[] {
  if (typeof told !== 'object' || told === null || !('loaded' in told) || !Array.isArray(told.loaded)) return []
  const addresses = told.loaded.flatMap((each) => (typeof each === 'string' && URL.canParse(each) ? [new URL(each)] : []))
  return addresses.flatMap((each) => (each.origin === origin && each.pathname.startsWith('/assets/') ? [each.pathname] : []))
}
