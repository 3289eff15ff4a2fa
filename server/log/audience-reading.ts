// An audience as somebody gets it to read: a person as far as they may read at this moment, who answers for it the whole.
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { withoutRedacted } from '#shared/log/redaction.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { AudiencePages } from './audience-pages.ts'
import { type LoadedCase, type Readers, readableBy } from './case-state.ts'

/** Somebody who reads an audience. */
export interface Reader {
  readonly caseId: CaseId
  readonly person: ParticipantId
  readonly audience: Audience
}

export interface AudienceReading {
  /** Events of one audience after seq, a page of them, up to the last that the person may read; empty for an audience that is not theirs. */
  readAs(caseId: CaseId, person: ParticipantId, audience: Audience, after: number, limit: number): Promise<readonly WireEvent[]>
  /** The last events of one audience before seq, a page of them; filtered as above. */
  readBeforeAs(reader: Reader, seq: number, limit: number): Promise<readonly WireEvent[]>
  /** Events of one audience by their numbers, ascending, as many as a page holds; filtered as above. */
  readPlacesAs(reader: Reader, seqs: readonly number[]): Promise<readonly WireEvent[]>
  /** A whole audience, for those who answer for it: exports, bundles, verification. */
  readWhole(caseId: CaseId, audience: Audience): Promise<readonly WireEvent[]>
}

interface Deps {
  readonly readers: Readers
  readonly pages: AudiencePages
  readonly state: (caseId: CaseId) => Promise<LoadedCase>
}

const WHOLE_PAGE = 500

export function makeAudienceReading({ readers, pages, state }: Deps): AudienceReading {
  /** The last number that somebody may read of an audience; 0 for one that is not theirs. */
  async function lastOf({ caseId, person, audience }: Reader): Promise<number> {
    return readableBy(await state(caseId), person, readers).get(audience) ?? 0
  }
  const readBy = ({ caseId, person, audience }: Reader) => ({ caseId, audience, who: `${caseId} ${person}` })

  return {
    async readAs(caseId, person, audience, after, limit) {
      const reader = { caseId, person, audience }
      const until = await lastOf(reader)
      if (after >= until) return []
      const events = await pages.after(readBy(reader), after, Math.min(limit, until - after))
      return events.filter((event) => event.seq <= until)
    },
    async readBeforeAs(reader, seq, limit) {
      const until = await lastOf(reader)
      return until === 0 ? [] : pages.before(readBy(reader), Math.min(seq, until + 1), limit)
    },
    async readPlacesAs(reader, seqs) {
      const until = await lastOf(reader)
      const readable = seqs.filter((seq) => seq <= until)
      return readable.length === 0 ? [] : pages.at(readBy(reader), readable)
    },
    async readWhole(caseId, audience) {
      const events: WireEvent[] = []
      for (;;) {
        const next = await pages.after({ caseId, audience, who: caseId }, events.length, WHOLE_PAGE)
        events.push(...next)
        if (next.length === 0) return withoutRedacted(events)
      }
    },
  }
}
