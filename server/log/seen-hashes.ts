// Whether what a device says it has seen is what stands here. A hash that this server does not know is a fork: two histories of one conversation.
import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import type { LogStore } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import type { Seen } from '#shared/protocol/wire.ts'

/** Devices are rarely further behind than this; older places are read from the storage. */
const KEPT_PER_AUDIENCE = 64
const KEPT_AUDIENCES = 10_000

interface SeenHashes {
  remember(caseId: CaseId, events: readonly ParsedEvent[]): void
  /** True at once for a place remembered here; else a promise. A device that names no hash claims nothing. */
  isKnown(caseId: CaseId, seen: Seen): boolean | Promise<boolean>
}

export function makeSeenHashes(log: Pick<LogStore, 'readAudience'>): SeenHashes {
  const recent = new RecentlyUsed<string, Map<number, string>>(KEPT_AUDIENCES)
  const nameOf = (caseId: CaseId, audience: Audience) => `${caseId} ${audience}`

  return {
    remember(caseId, events) {
      for (const { audience, seq, hash } of events) {
        const name = nameOf(caseId, audience)
        let hashes = recent.get(name)
        if (!hashes) {
          hashes = new Map()
          recent.set(name, hashes)
        }
        hashes.set(seq, hash)
        hashes.delete(seq - KEPT_PER_AUDIENCE)
      }
    },
    isKnown(caseId, { audience, seq, hash }) {
      if (seq === 0 || hash === '') return true
      const known = recent.get(nameOf(caseId, audience))?.get(seq)
      if (known !== undefined) return known === hash
      return log.readAudience(caseId, audience, seq - 1, 1).then(([event]) => event?.seq === seq && base64url(event.hash) === hash)
    },
  }
}
