// Serves the built client, each file in the smallest of the forms that the build wrote and the browser reads. Hashed assets are kept for
// good; the page and the service worker are asked for again each time, so that nobody is held on an old version.
import { join } from 'node:path'
import { type RequestHandler, Router } from 'express'
import staticFiles from 'express-static-gzip'

/** Pages that bring their first screen with them. */
const OWN_PAGES: ReadonlyMap<string, string> = new Map([['/join', '/join.html']])
/** What the server itself answers. */
const SERVER = /^\/(?:api|socket\.io)(?:\/|$)/

export function clientFiles(folder: string): Router {
  const router = Router({ caseSensitive: true })
  const files = builtFiles(folder)
  router.use((request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    next(reads && !SERVER.test(request.path) ? undefined : 'router')
  })
  router.use((request, response, next) => {
    // every name that the build gives is plain: an address written in any other way names no file
    if (!/^[\w./-]+$/.test(request.path)) return next()
    files(request, response, next)
  })
  router.use((request, response, next) => {
    // every address of the client is the one page; a missing file is not
    if (/\.[A-Za-z0-9]+$/.test(request.path)) return next()
    response.locals.route = 'page'
    request.url = OWN_PAGES.get(request.path) ?? '/index.html'
    // What is not there is a client that was never built: nothing more to tell.
    files(request, response, next)
  })
  return router
}

function builtFiles(folder: string): RequestHandler {
  const serve = staticFiles(folder, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br'],
    serveStatic: {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response, path) => {
        const hashed = path.startsWith(join(folder, 'assets'))
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    },
  })
  return (request, response, next) =>
    serve(request, response, (error?: unknown) => {
      // whoever answers instead answers in their own words, which are not compressed and not kept
      for (const name of ['Content-Encoding', 'Content-Type', 'Cache-Control']) response.removeHeader(name)
      // a part that the file does not have; its length stands in the head of the answer
      if (error instanceof Error && 'status' in error && error.status === 416) response.status(416).end()
      else next(error)
    })
}
