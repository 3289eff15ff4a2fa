// The HTTP side of the server: headers, origin, routes, the client's files, one error translator.
import express, { type Express, type RequestHandler } from 'express'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { type TrustProxy, trusted } from './address.ts'
import { clientFiles } from './client-files.ts'
import { makeErrorLog } from './error-log.ts'
import { requestIdOf, sendProblem, translateErrors } from './errors.ts'
import { type Log, shortAddress } from './log.ts'
import { comesFromOwnPage } from './origin.ts'
import { createRouter, type RouterDeps } from './router.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpAppDeps extends RouterDeps {
  readonly trustProxy: TrustProxy
  /** `dist/client`; undefined serves no client (tests, development behind vite). */
  readonly clientFolder: string | undefined
  /** Pages may ask for microphone and camera; not unless it is said. */
  readonly hasCalls?: boolean
  readonly log: Log
  readonly clock: Clock
  readonly entropy: Entropy
  /** Whether the server can store; asked by /healthz. */
  readonly healthy: () => Promise<boolean>
}

export function createHttpApp(deps: HttpAppDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', trusted(deps.trustProxy))
  app.set('query parser', 'simple')
  app.set('case sensitive routing', true)
  // What Socket.IO, which listens beside us, has answered already is nobody else's.
  app.use((_request, response, next) => {
    if (!response.headersSent) next()
  })
  app.use(nameAndLog(deps))
  app.use(securityHeaders(deps.publicUrl, { hasCalls: deps.hasCalls === true }))
  app.get('/healthz', (_request, response, next) => {
    response.locals.route = 'GET /healthz'
    response.setHeader('Cache-Control', 'no-store')
    deps.healthy().then((healthy) => response.status(healthy ? 200 : 503).json({ healthy }), next)
  })
  app.use(refuseForeignPages(deps.publicUrl))
  app.use('/api', (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  app.use(createRouter(deps))
  if (deps.clientFolder !== undefined) app.use(clientFiles(deps.clientFolder))
  app.use((_request, response) => sendProblem(response, { kind: 'not-found' }))
  app.use(translateErrors(deps.log, makeErrorLog(deps)))
  return app
}

/** Names the request for the log. Of its address only the declared pattern is written down: paths and queries can carry anything. */
function nameAndLog({ log, clock, entropy }: Pick<HttpAppDeps, 'log' | 'clock' | 'entropy'>): RequestHandler {
  return (request, response, next) => {
    const began = clock.now()
    response.locals.requestId = base64url(entropy.bytes(9, 'request id'))
    response.on('finish', () => {
      log.info(
        {
          id: requestIdOf(response),
          route: response.locals.route ?? 'none',
          status: response.statusCode,
          ms: Math.max(0, clock.now() - began),
          from: shortAddress(request.ip ?? ''),
        },
        'request',
      )
    })
    next()
  }
}

function refuseForeignPages(publicUrl: () => string): RequestHandler {
  return (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const headers = { origin: request.headers.origin, 'sec-fetch-site': headerText(request.headers['sec-fetch-site']) }
    if (reads || comesFromOwnPage(headers, publicUrl())) return next()
    sendProblem(response, { kind: 'forbidden' })
  }
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value
}
