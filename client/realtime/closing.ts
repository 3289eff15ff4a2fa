// What a refusal or a close reason of the server means, and what follows from it for knocking again.
import type { CloseReason } from '#shared/protocol/wire.ts'

export type Refusal =
  | { readonly kind: 'for-good'; readonly reason: CloseReason }
  | { readonly kind: 'outdated' }
  /** The token was not believed: a renewed one may be. */
  | { readonly kind: 'token' }
  /** Come back after so many seconds; undefined: the server did not say. */
  | { readonly kind: 'slow-down'; readonly seconds: number | undefined }

/** Nobody knocks again. */
export type Over = { readonly kind: 'closed'; readonly reason: CloseReason } | { readonly kind: 'outdated' }

export interface Again {
  readonly kind: 'again'
  /** With a token made anew. */
  readonly renew: boolean
  /** Milliseconds before the device's own pause; 0: at once. */
  readonly atLeast: number | undefined
  /** No wish of the device shortens it. */
  readonly toldToWait: boolean
}

export const OWN_PAUSE: Again = { kind: 'again', renew: false, atLeast: undefined, toldToWait: false }
const WAIT_WHEN_TOO_MANY = 30_000

/** `isRenewed`: the token that was shown had been made anew for it. */
export function consequenceOf(refusal: Refusal | undefined, isRenewed: boolean): Again | Over {
  switch (refusal?.kind) {
    case undefined:
      return OWN_PAUSE
    case 'for-good':
      return { kind: 'closed', reason: refusal.reason }
    case 'outdated':
      return { kind: 'outdated' }
    case 'token':
      // a token that the server has just refused is never shown twice: renewed once, then the session is over
      return isRenewed ? { kind: 'closed', reason: 'session-expired' } : { ...OWN_PAUSE, renew: true, atLeast: 0 }
    case 'slow-down':
      return { ...OWN_PAUSE, atLeast: refusal.seconds === undefined ? WAIT_WHEN_TOO_MANY : refusal.seconds * 1_000, toldToWait: true }
  }
}

export function closingOf(reason: unknown): Refusal | undefined {
  switch (reason) {
    case 'signed-out':
    case 'left':
      return { kind: 'for-good', reason }
    case 'outdated-client':
      return { kind: 'outdated' }
    case 'session-expired':
      return { kind: 'token' }
    case 'too-many':
      return { kind: 'slow-down', seconds: undefined }
    default:
      return undefined // a stopping server, or a reason of tomorrow: come back
  }
}

/** `data`: the Problem that the handshake was refused with, a close reason, or nothing when the server was not reached. */
export function refusalOf(data: unknown): Refusal | undefined {
  if (typeof data === 'string') return closingOf(data)
  if (typeof data !== 'object' || data === null) return undefined
  const problem = data as { readonly kind?: unknown; readonly reason?: unknown; readonly details?: { readonly seconds?: unknown } } // read field by field below
  switch (problem.kind) {
    case 'unauthenticated':
      return { kind: 'token' }
    case 'unsupported':
      return { kind: 'outdated' }
    case 'not-found':
    case 'forbidden':
      return { kind: 'for-good', reason: 'left' }
    case 'too-many':
      return { kind: 'slow-down', seconds: secondsIn(problem.details) }
    default:
      return closingOf(problem.reason)
  }
}

function secondsIn(details: { readonly seconds?: unknown } | undefined): number | undefined {
  const seconds = details?.seconds
  return typeof seconds === 'number' && seconds >= 0 ? seconds : undefined
}
