// Serves the built client. Hashed assets are kept for good; the page and the service worker are asked for again each time, so that nobody is held on an old version.
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'

export function clientFiles(folder: string): Router {
  const router = Router({ caseSensitive: true })
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response, path) => {
        const hashed = path.startsWith(join(folder, 'assets'))
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )
  router.use(sendPage(folder))
  return router
}

/** Every address of the client is the one page; a missing file is not. */
function sendPage(folder: string): RequestHandler {
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/\.[A-Za-z0-9]+$/.test(request.path)
    if (!isPage || /^\/(?:api|socket\.io)(?:\/|$)/.test(request.path)) return next()
    response.locals.route = 'page'
    response.setHeader('Cache-Control', 'no-cache')
    // An error here is a client that was never built: nothing more to tell.
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next()
    })
  }
}
