/**
 * No lease and no rest after a failure lasts longer, in milliseconds. One that would was written by a server whose clock was ahead; the
 * step is ready again as soon as somebody with the right time sees it.
 */
export const LONGEST_HOLD_MS = 3_600_000
