// One audience's events as its readers get them: opened in pieces, in turns with others, a page of bounded size at a time.
import type { LogStore } from '#server/storage/ports.ts'
import type { Turns } from '#server/workers/turns.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { isRedacted, redactionFold } from '#shared/log/redaction.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { AudienceKeys } from './audience-keys.ts'
import type { LoadedCase } from './case-state.ts'
import { wireEvent } from './event-codec.ts'

/** Events opened at once: a few milliseconds. */
const PIECE = 25
/** Of bodies in one page: a frame of about this size is still written at once. */
const PAGE_CHARS = 256_000

interface Deps {
  readonly log: Pick<LogStore, 'readAudience'>
  readonly keys: Pick<AudienceKeys, 'find'>
  readonly turns: Turns
  /** As it is folded here. */
  readonly loaded: (caseId: CaseId) => LoadedCase
}

interface Asked {
  /** Whose turn it takes. */
  readonly who: string
  readonly after: number
  readonly limit: number
}

/** Up to `limit` events, fewer when they are long, and none only at the end. */
export type ReadPage = (caseId: CaseId, audience: Audience, asked: Asked) => Promise<readonly WireEvent[]>

export function makeAudiencePages({ log, keys, turns, loaded }: Deps): ReadPage {
  return async (caseId, audience, { who, after, limit }) => {
    const key = await keys.find(caseId, audience)
    const folded = loaded(caseId).audiences.get(audience)
    const redactions = folded ? sliceOf(folded, redactionFold) : redactionFold.initial
    const events: WireEvent[] = []
    for (let chars = 0; events.length < limit && chars < PAGE_CHARS; ) {
      await turns.take(who)
      const wanted = Math.min(PIECE, limit - events.length)
      const piece = await log.readAudience(caseId, audience, after + events.length, wanted)
      for (const event of piece) {
        const wire = wireEvent(caseId, event, isRedacted(redactions, event) ? undefined : key)
        chars += wire.body?.length ?? 0
        events.push(wire)
      }
      if (piece.length < wanted) break
    }
    return events
  }
}
