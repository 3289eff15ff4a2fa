// How a capability declares an HTTP route: one object that the server's router, the client's `callApi` and the generated reference all read.
// Input is one flat object. What `path` names (`:caseId`) travels in the path; the rest in the query of a GET (texts only) or in the JSON body of anything else.
import type * as z from 'zod/mini'
import type { Schema } from './define.ts'

const ROUTE_METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const
type RouteMethod = (typeof ROUTE_METHODS)[number]

/**
 * Who may ask.
 * `staff`: a signed-in mediator or owner; `owner`: the owner alone;
 * `person`: somebody in the case: a party with their own token, or staff who is a mediator of the case that the input's `caseId` names.
 */
export type RouteAuth = 'none' | 'staff' | 'owner' | 'person'
type RoutePath = `/api/${string}`

export interface RouteDefinition<Input = unknown, Answer = unknown, Auth extends RouteAuth = RouteAuth> {
  readonly kind: 'json'
  readonly method: RouteMethod
  readonly path: RoutePath
  readonly auth: Auth
  readonly input: Schema<Input>
  readonly answer: Schema<Answer>
  /** Bytes of JSON accepted, when the usual 64 kB are too few. */
  readonly maxBytes: number
  /** On a device that several people use it is done only after the own code of whoever asks. */
  readonly binds: boolean
}

/** A route that answers bytes (a PDF, a bundle) instead of JSON. */
export interface DownloadDefinition<Input = unknown, Auth extends RouteAuth = RouteAuth> {
  readonly kind: 'download'
  readonly method: 'GET'
  readonly path: RoutePath
  readonly auth: Auth
  readonly input: Schema<Input>
  readonly mediaType: string
  readonly maxBytes: number
}

/**
 * A route to which bytes are sent by the tus protocol, resumable. `POST` to it begins an upload; `HEAD`, `PATCH` and `DELETE` go to the
 * address below it that was answered. Its input is what `path` names.
 */
export interface UploadDefinition<Input = unknown, Auth extends RouteAuth = RouteAuth> {
  readonly kind: 'upload'
  readonly method: 'POST'
  readonly path: RoutePath
  readonly auth: Auth
  readonly input: Schema<Input>
}

export interface Download {
  readonly bytes: Uint8Array
  /** ASCII letters, digits, `-`, `_` and `.` only. */
  readonly fileName: string
}

/** Bytes that a server hands out piece by piece, as they are asked for; whoever downloads them gets a `Download`. */
export interface StreamedDownload extends Pick<Download, 'fileName'> {
  readonly stream: {
    readonly length: number
    /** SHA-256 of all of it. */
    readonly digest: Uint8Array
    pieces(from?: number): AsyncIterable<Uint8Array>
  }
}

export type AnyRoute = RouteDefinition | DownloadDefinition
export type RouteInput<R> = R extends { readonly input: Schema<infer Input> } ? Input : never
export type RouteAnswer<R> =
  R extends RouteDefinition<infer _Input, infer Answer, infer _Auth>
    ? Answer
    : R extends DownloadDefinition<infer _DownloadInput, infer _DownloadAuth>
      ? Download
      : never

export const USUAL_MAX_BYTES = 64 * 1024

export function defineRoute<const Auth extends RouteAuth, I extends Schema, A extends Schema>(route: {
  method: RouteMethod
  path: RoutePath
  auth: Auth
  input: I
  answer: A
  maxBytes?: number
  binds?: boolean
}): RouteDefinition<z.output<I>, z.output<A>, Auth> {
  return {
    kind: 'json',
    method: route.method,
    path: route.path,
    auth: route.auth,
    input: route.input as Schema<z.output<I>>, // a schema of its own output; zod's type says no more than that
    answer: route.answer as Schema<z.output<A>>,
    maxBytes: route.maxBytes ?? USUAL_MAX_BYTES,
    binds: route.binds ?? false,
  }
}

export function defineDownload<const Auth extends RouteAuth, I extends Schema>(route: {
  path: RoutePath
  auth: Auth
  input: I
  mediaType: string
}): DownloadDefinition<z.output<I>, Auth> {
  return {
    kind: 'download',
    method: 'GET',
    path: route.path,
    auth: route.auth,
    input: route.input as Schema<z.output<I>>,
    mediaType: route.mediaType,
    maxBytes: USUAL_MAX_BYTES,
  }
}

export function defineUpload<const Auth extends RouteAuth, I extends Schema>(route: {
  path: RoutePath
  auth: Auth
  input: I
}): UploadDefinition<z.output<I>, Auth> {
  return { kind: 'upload', method: 'POST', path: route.path, auth: route.auth, input: route.input as Schema<z.output<I>> }
}

/** The names that stand in a path: `/api/cases/:caseId/invitations` → `['caseId']`. */
export function pathNames(path: string): readonly string[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '')
}

/** What a client sends: the path with its query, and the JSON body when there is one. Throws a TypeError when a path name has no value. */
export function requestOf(
  route: Pick<AnyRoute, 'method' | 'path'>,
  input: object,
): { readonly url: string; readonly body: string | undefined } {
  const rest = new Map<string, unknown>(Object.entries(input).filter(([, value]) => value !== undefined))
  const path = route.path.replaceAll(/:([A-Za-z]+)/g, (_whole, name: string) => {
    const value = rest.get(name)
    rest.delete(name)
    if (typeof value !== 'string' || value === '') throw new TypeError(`${route.path}: no ${name}`)
    return encodeURIComponent(value)
  })
  if (route.method !== 'GET') return { url: path, body: JSON.stringify(Object.fromEntries(rest)) }
  const query = [...rest].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&')
  return { url: query === '' ? path : `${path}?${query}`, body: undefined }
}
