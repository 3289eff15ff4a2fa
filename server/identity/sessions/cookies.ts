// Where a refresh secret travels: one cookie, only to the session's own routes, never readable by a page.
import type { RequestContext } from '#server/http/request-context.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { OpenSession } from './sessions.ts'

interface CookiePlace {
  readonly name: string
  readonly path: string
}

export const STAFF_COOKIE: CookiePlace = { name: 'bitim_staff', path: '/api/staff/session' }

/** A path for each participant, so that one browser can hold several and none is sent with another's requests. */
export function personCookie(participantId: ParticipantId): CookiePlace {
  return { name: 'bitim_person', path: `/api/people/${participantId}/session` }
}

export function setSessionCookie(context: RequestContext, place: CookiePlace, { secret, session }: OpenSession): void {
  const left = Math.floor((session.expiresAt - session.renewedAt) / 1000)
  context.setCookie({ ...place, value: secret, maxAgeSeconds: session.keep ? left : undefined })
}

export function clearSessionCookie(context: RequestContext, place: CookiePlace): void {
  context.clearCookie(place.name, place.path)
}

const SHARED_COOKIE: CookiePlace = { name: 'bitim_shared', path: '/api' }
const SHARED_SECONDS = 400 * 86_400

/** That this browser was given away by somebody: nothing of whom, and it opens nothing. It stays as long as their own cookie may. */
export function markShared(context: RequestContext, { keep }: { readonly keep: boolean }): void {
  context.setCookie({ ...SHARED_COOKIE, value: '1', maxAgeSeconds: keep ? SHARED_SECONDS : undefined })
}

export function isMarkedShared(context: RequestContext): boolean {
  return context.cookie(SHARED_COOKIE.name) !== undefined
}

export function clearShared(context: RequestContext): void {
  context.clearCookie(SHARED_COOKIE.name, SHARED_COOKIE.path)
}
