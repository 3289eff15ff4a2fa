// How much one person may ask of calls. A signal weighs by its length: descriptions are kilobytes, candidates are not.
import { demand, makeTokenBucket } from '#server/realtime/token-bucket.ts'
import type { SignalData } from '#shared/calls/call-wire.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

export const CALL_LIMITS = {
  look: { burst: 30, perSecond: 1 },
  join: { burst: 20, perSecond: 0.5 },
  /** Kilobytes, and one more for each. Three peers with their candidates take some sixty; a device that changes its network makes them anew. */
  signal: { burst: 400, perSecond: 20 },
  status: { burst: 30, perSecond: 8 },
  relay: { burst: 10, perSecond: 0.1 },
} as const

export type CallLimits = ReturnType<typeof makeCallLimits>

export function makeCallLimits(clock: Clock) {
  const buckets = {
    look: makeTokenBucket({ clock, ...CALL_LIMITS.look }),
    join: makeTokenBucket({ clock, ...CALL_LIMITS.join }),
    signal: makeTokenBucket({ clock, ...CALL_LIMITS.signal }),
    status: makeTokenBucket({ clock, ...CALL_LIMITS.status }),
    relay: makeTokenBucket({ clock, ...CALL_LIMITS.relay }),
  }
  const secondsOf = (what: keyof typeof CALL_LIMITS) => Math.ceil(1 / CALL_LIMITS[what].perSecond)
  return {
    demand(what: keyof typeof CALL_LIMITS, person: ParticipantId): void {
      demand(buckets[what], person, { seconds: secondsOf(what) })
    },
    demandSignal(person: ParticipantId, data: SignalData): void {
      const chars = 'description' in data ? data.description.sdp.length : data.candidate.candidate.length
      if (!buckets.signal.take(person, Math.floor(chars / 1024))) throw new AppError({ kind: 'too-many', details: { seconds: 1 } })
    },
  }
}
