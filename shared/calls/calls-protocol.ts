// The joint call's ordinary acts. They stand in the joint session and are the same words for everybody, whatever they are for: a pause has
// no purpose, no length and no names, so a break and a talk apart leave the same trace. Who is in a call is no event: see call-wire.ts.
import * as z from 'zod/mini'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'

const nothing = z.strictObject({})

export const callOpen = defineCommand('call:open', { input: nothing })
export const callOpened = defineEvent('call:opened', 1, nothing)

export const callPause = defineCommand('call:pause', { input: nothing })
/** No mediator is in the call any more: a step of the system, told in the same words. */
export const callHalt = defineCommand('call:halt', { input: nothing })
export const callPaused = defineEvent('call:paused', 1, nothing)

export const callResume = defineCommand('call:resume', { input: nothing })
export const callResumed = defineEvent('call:resumed', 1, nothing)

export const callEnd = defineCommand('call:end', { input: nothing })
/** The session that it stood in is over: a step of the system. */
export const callClose = defineCommand('call:close', { input: nothing })
export const callEnded = defineEvent('call:ended', 1, nothing)

const CALLS_REASONS = [
  /** This installation has no calls. */
  'calls/off',
  /** A relay hides addresses from one another, and this installation has none. */
  'calls/no-relay',
  'calls/no-session',
  'calls/already-open',
  'calls/not-open',
  /** Goes on when the mediator resumes it. */
  'calls/paused',
  'calls/locked',
  /** `details.most`: how many devices can be in it. */
  'calls/full',
  /** A mediator pauses the joint call before they talk apart. */
  'calls/pause-first',
  /** This device is in no call, or no longer. */
  'calls/not-in-call',
  /** Whom a signal was meant for is not in this call, or no longer. */
  'calls/gone',
] as const
export type CallReason = (typeof CALLS_REASONS)[number]
