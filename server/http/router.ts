// Serves what shared route definitions declare: path, size, caller, input, answer, in this order, the same for every capability.
import express, { type Request, type Response, Router } from 'express'
import * as z from 'zod/mini'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, ID_PATTERN } from '#shared/kernel/ids.ts'
import { refusalOf } from '#shared/protocol/parse.ts'
import {
  type AnyRoute,
  type Download,
  type DownloadDefinition,
  pathNames,
  type RouteAnswer,
  type RouteInput,
  type StreamedDownload,
  type UploadDefinition,
} from '#shared/protocol/route.ts'
import type { Authenticate, Caller, CallerOf, IsLive, PersonOf } from './caller.ts'
import { livePieces } from './live-pieces.ts'
import { contextOf, type RequestContext } from './request-context.ts'
import { sendDownload } from './send-download.ts'

export interface ServedRoute {
  readonly route: AnyRoute
  readonly handle: (input: unknown, caller: Caller | undefined, context: RequestContext) => Promise<unknown>
}

/** What answers each request of an upload; `upload` is the last part of the address, undefined where a new one is begun. */
export interface ServedUpload {
  readonly route: UploadDefinition
  readonly handle: (input: unknown, caller: Caller | undefined, exchange: UploadExchange) => Promise<void>
}

export interface UploadExchange {
  readonly request: Request
  readonly response: Response
  readonly upload: string | undefined
  /** Whether its caller's session lives still. */
  readonly isLive: () => Promise<boolean>
}

export type AnyServed = ServedRoute | ServedUpload

type Served<R> = R extends DownloadDefinition ? Download | StreamedDownload : RouteAnswer<R>

/** Joins a definition with what answers it; types of input, caller and answer come from the definition. */
export function serve<R extends AnyRoute>(
  route: R,
  handle: (input: RouteInput<R>, caller: CallerOf<R['auth']>, context: RequestContext) => Promise<Served<R>>,
): ServedRoute {
  return { route, handle: handle as ServedRoute['handle'] } // the router parses the input and checks the caller before it calls
}

export function serveUpload<R extends UploadDefinition>(
  route: R,
  handle: (
    input: R extends UploadDefinition<infer Input> ? Input : never,
    caller: CallerOf<R['auth']>,
    exchange: UploadExchange,
  ) => Promise<void>,
): ServedUpload {
  return { route, handle: handle as ServedUpload['handle'] } // as above
}

export interface RouterDeps {
  readonly routes: readonly AnyServed[]
  readonly authenticate: Authenticate
  /** Asked again while a file is on its way. */
  readonly isLive: IsLive
  /** Throws where the session's device is one that several people use, and its person has not typed their own code just now. */
  readonly demandOwnCode: (sessionId: string) => Promise<void>
  readonly personOf: PersonOf
  readonly publicUrl: () => string
  /** Answers are parsed by their schema too: in tests and development. */
  readonly checkAnswers: boolean
}

export function createRouter(deps: RouterDeps): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const served of deps.routes) {
    if (isUpload(served)) {
      const each = (request: Request, response: Response) => answerUpload(deps, served, request, response)
      router.post(served.route.path, each)
      router.head(`${served.route.path}/:upload`, each)
      router.patch(`${served.route.path}/:upload`, each)
      router.delete(`${served.route.path}/:upload`, each)
      continue
    }
    const { route } = served
    const answer = (request: Request, response: Response) => answerRoute(deps, served, request, response)
    const parseBody = express.json({ limit: route.maxBytes, strict: true, inflate: false, type: () => true })
    const method = route.method
    if (method === 'GET') router.get(route.path, answer)
    else if (method === 'POST') router.post(route.path, demandJson, parseBody, answer)
    else if (method === 'PUT') router.put(route.path, demandJson, parseBody, answer)
    else router.delete(route.path, demandJson, parseBody, answer)
  }
  return router
}

function isUpload(served: AnyServed): served is ServedUpload {
  return served.route.kind === 'upload'
}

/** A form of another site can send texts, never JSON, without asking the browser's leave. */
function demandJson(request: Request, _response: Response, next: () => void): void {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) throw new AppError({ kind: 'unsupported' })
  next()
}

async function answerRoute(deps: RouterDeps, { route, handle }: ServedRoute, request: Request, response: Response): Promise<void> {
  response.locals.route = `${route.method} ${route.path}`
  const given = inputOf(route, request)
  const caller = await callerOf(deps, route, request, given)
  const input = parseInput(route, given)
  if (route.kind === 'json' && route.binds && caller) await deps.demandOwnCode(caller.sessionId)
  const answer = await handle(input, caller, contextOf(request, response, deps.publicUrl()))
  if (route.kind === 'download') {
    const download = answer as Served<typeof route> // typed by serve()
    return sendDownload(request, response, { mediaType: route.mediaType, ...(caller ? forSession(deps, caller, download) : download) })
  }
  response.json(deps.checkAnswers ? z.parse(route.answer, answer) : answer)
}

async function answerUpload(deps: RouterDeps, { route, handle }: ServedUpload, request: Request, response: Response): Promise<void> {
  const { upload, ...given } = request.params
  response.locals.route = `${request.method} ${route.path}${upload === undefined ? '' : '/:upload'}`
  try {
    const caller = await callerOf(deps, route, request, given)
    await handle(parseInput(route, given), caller, {
      request,
      response,
      upload: upload === undefined ? undefined : String(upload),
      isLive: async () => caller === undefined || deps.isLive(caller.sessionId),
    })
  } catch (cause) {
    // What is still coming is let pass, so that the refusal is read; the connection ends with it.
    response.setHeader('Connection', 'close')
    request.resume()
    throw cause
  }
}

function forSession({ isLive }: RouterDeps, { sessionId }: Caller, download: Download | StreamedDownload): Download | StreamedDownload {
  if (!('stream' in download)) return download
  const { stream } = download
  return { ...download, stream: { ...stream, pieces: (from) => livePieces(stream.pieces(from), () => isLive(sessionId)) } }
}

/** Only here does a schema's refusal mean that the asker erred; anywhere else it is an error of ours. */
function parseInput(route: Pick<AnyRoute, 'input'>, given: Record<string, unknown>): unknown {
  const parsed = z.safeParse(route.input, given)
  if (parsed.success) return parsed.data
  const { field, ...refusal } = refusalOf(parsed.error)
  throw new AppError(field ? { ...refusal, field } : refusal)
}

function inputOf(route: AnyRoute, request: Request): Record<string, unknown> {
  const rest: unknown = route.method === 'GET' ? request.query : request.body
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) throw new AppError({ kind: 'invalid' })
  const names = pathNames(route.path)
  if (names.some((name) => Object.hasOwn(rest, name))) throw new AppError({ kind: 'invalid' })
  return { ...rest, ...Object.fromEntries(names.map((name) => [name, request.params[name]])) }
}

/** Default deny: what a caller may not reach does not exist for them. */
async function callerOf(
  deps: RouterDeps,
  route: Pick<AnyRoute, 'auth'>,
  request: Request,
  input: Record<string, unknown>,
): Promise<Caller | undefined> {
  const token = /^Bearer ([A-Za-z0-9._-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1]
  const caller = token === undefined ? undefined : await deps.authenticate(token)
  if (route.auth === 'none') return caller
  if (!caller) throw new AppError({ kind: 'unauthenticated' })
  if (route.auth === 'person') {
    const person = await asPerson(deps, caller, input.caseId)
    if (!person) throw new AppError({ kind: 'not-found' })
    return person
  }
  if (caller.kind !== 'staff' || (route.auth === 'owner' && caller.role !== 'owner')) throw new AppError({ kind: 'not-found' })
  return caller
}

async function asPerson(deps: RouterDeps, caller: Caller, named: unknown): Promise<Caller | undefined> {
  if (caller.kind === 'person') return named === undefined || named === caller.caseId ? caller : undefined
  if (typeof named !== 'string' || !ID_PATTERN.test(named)) return undefined
  const caseId = asId<CaseId>(named)
  const participantId = await deps.personOf(caller.accountId, caseId)
  return participantId && { kind: 'person', caseId, participantId, sessionId: caller.sessionId, accountId: caller.accountId }
}
