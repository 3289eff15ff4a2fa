// A page that is loaded again is in no call: it says that its person was in one, and how much of their data it had used. Kept with the tab.
import { keepInEntry, keptInEntry } from '#client/ui/state/history-entry.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { isAudience } from '#shared/kernel/audience.ts'
import type { DataUse } from './media/data-meter.ts'

export const rememberedCall = {
  of(): Audience | undefined {
    const kept = keptInEntry('call')
    return typeof kept === 'string' && isAudience(kept) ? kept : undefined
  },
  keep: (audience: Audience) => keepInEntry('call', audience),
  forget: () => keepInEntry('call', undefined),
}

export const rememberedData = {
  of(): DataUse {
    const kept = keptInEntry('call-data') as { bytes?: unknown; allowed?: unknown } | undefined // whatever an earlier page left there
    return {
      bytes: typeof kept?.bytes === 'number' ? kept.bytes : 0,
      allowed: typeof kept?.allowed === 'number' ? kept.allowed : undefined,
    }
  },
  keep: (use: DataUse) => keepInEntry('call-data', use),
}
