// What the log itself tells, whatever capability asked for it, and why it refuses a command.
import * as z from 'zod/mini'
import { defineEvent, pagedEvent } from '#shared/protocol/define.ts'

/** Destroys for good the body of an earlier event of the audience that it stands in. What is left there is the header, and this event's date. */
export const bodyRedacted = pagedEvent(
  defineEvent('body:redacted', 1, z.strictObject({ epoch: z.int().check(z.minimum(0)), seq: z.int().check(z.minimum(1)) })),
)

const LOG_REASONS = [
  'log/storage-full',
  'log/forked',
  'log/forgotten',
  'log/unstorable',
  // of what one person may write in one case
  'log/too-fast',
  'log/day-full',
  'log/case-full',
] as const
export type LogReason = (typeof LOG_REASONS)[number]
