// One audience's events as its readers get them: opened in pieces, in turns with others, a page of bounded size at a time.
import type { LogStore, StoredEvent } from '#server/storage/ports.ts'
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
  readonly log: Pick<LogStore, 'readAudience' | 'readPlaces'>
  readonly keys: Pick<AudienceKeys, 'find'>
  readonly turns: Turns
  /** As it is folded here. */
  readonly loaded: (caseId: CaseId) => LoadedCase
}

/** An audience, and whose turn it takes to read it. */
interface Read {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly who: string
}

/** Each answers ascending; fewer than were asked for when they are long, and none only where there are none. */
export interface AudiencePages {
  after(read: Read, seq: number, limit: number): Promise<readonly WireEvent[]>
  /** The last ones before `seq`. */
  before(read: Read, seq: number, limit: number): Promise<readonly WireEvent[]>
  at(read: Read, seqs: readonly number[]): Promise<readonly WireEvent[]>
}

export function makeAudiencePages({ log, keys, turns, loaded }: Deps): AudiencePages {
  /** Pieces until there is enough; `next` reads the one behind the `done` that were read, at most PIECE. */
  async function pieces(
    { caseId, audience, who }: Read,
    limit: number,
    next: (done: number, wanted: number) => Promise<readonly StoredEvent[]>,
  ) {
    const key = await keys.find(caseId, audience)
    const folded = loaded(caseId).audiences.get(audience)
    const redactions = folded ? sliceOf(folded, redactionFold) : redactionFold.initial
    const read: (readonly WireEvent[])[] = []
    for (let done = 0, chars = 0; done < limit && chars < PAGE_CHARS; ) {
      await turns.take(who)
      const wanted = Math.min(PIECE, limit - done)
      const piece = await next(done, wanted)
      const wires = piece.map((event) => wireEvent(caseId, event, isRedacted(redactions, event) ? undefined : key))
      read.push(wires)
      done += piece.length
      chars += wires.reduce((sum, { body }) => sum + (body?.length ?? 0), 0)
      if (piece.length < wanted) break
    }
    return read
  }

  return {
    async after(read, seq, limit) {
      const { caseId, audience } = read
      return (await pieces(read, limit, (done, wanted) => log.readAudience(caseId, audience, seq + done, wanted))).flat()
    },
    async before(read, seq, limit) {
      const { caseId, audience } = read
      const most = Math.min(limit, seq - 1)
      const found = await pieces(read, most, (done, wanted) => log.readAudience(caseId, audience, seq - 1 - done - wanted, wanted))
      return found.reverse().flat()
    },
    async at(read, seqs) {
      const { caseId, audience } = read
      return (await pieces(read, seqs.length, (done, wanted) => log.readPlaces(caseId, audience, seqs.slice(done, done + wanted)))).flat()
    },
  }
}
