// What a route's handler may know of the request and do to the answer besides returning it: a few facts and cookies, never express itself.
import type { CookieOptions, Request, Response } from 'express'
import { deviceWords } from './device-words.ts'
import { requestIdOf } from './errors.ts'
import { limitAddress } from './log.ts'

interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
  /** Undefined: the cookie ends with the browser. */
  readonly maxAgeSeconds: number | undefined
}

export interface RequestContext {
  readonly requestId: string
  /** For limits; never stored, never logged. */
  readonly address: string
  /** Coarse words such as "Chrome, Android". */
  readonly device: string
  /** Asked from this very machine under its own name, with no proxy between. */
  readonly loopback: boolean
  cookie(name: string): string | undefined
  setCookie(cookie: Cookie): void
  clearCookie(name: string, path: string): void
}

export function contextOf(request: Request, response: Response, publicUrl: string): RequestContext {
  const secure = publicUrl.startsWith('https:')
  const options = (path: string): CookieOptions => ({ httpOnly: true, sameSite: 'strict', secure, path })
  return {
    requestId: requestIdOf(response),
    address: limitAddress(request.ip ?? ''),
    device: deviceWords(request.headers['user-agent'] ?? ''),
    loopback: isLoopback(request),
    cookie: (name) => readCookie(request.headers.cookie, wireName(name, secure)),
    setCookie: ({ name, value, path, maxAgeSeconds }) => {
      response.cookie(wireName(name, secure), value, {
        ...options(path),
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds * 1000 }),
      })
    },
    clearCookie: (name, path) => void response.clearCookie(wireName(name, secure), options(path)),
  }
}

/** Browsers accept `__Secure-` only over TLS, so that no page of plain http on the same host can plant one. */
function wireName(name: string, secure: boolean): string {
  return secure ? `__Secure-${name}` : name
}

/** Undefined when there is none, or more than one: a second cookie of the name was planted from a broader path. */
function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i

/** The host's name counts too: a foreign name that was pointed at 127.0.0.1 is a page from outside. */
function isLoopback(request: Request): boolean {
  const from = request.socket.remoteAddress ?? ''
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined)
  return /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(from) && !forwarded && LOOPBACK_HOST.test(request.headers.host ?? '')
}
