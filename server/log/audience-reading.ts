// An audience as somebody gets it to read: a person as far as they may read at this moment, who answers for it the whole. Whoever came late
// gets nothing of the conversation before, not even that there was one, and of what else was said there no words; what happened they get,
// since it says who is in the room.
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { withoutRedacted } from '#shared/log/redaction.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { AudiencePages } from './audience-pages.ts'
import { type LoadedCase, type Readers, readableBy, type WordsAfter } from './case-state.ts'

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
  /** Events of one audience by their numbers, ascending, as many as a page holds; filtered as above, and without the words that are not theirs. */
  readPlacesAs(reader: Reader, seqs: readonly number[]): Promise<readonly WireEvent[]>
  /** The number up to which somebody reads nothing of its conversation. */
  wordsAfter(state: LoadedCase, reader: Reader): number
  /** A whole audience, for those who answer for it: exports, bundles, verification. */
  readWhole(caseId: CaseId, audience: Audience): Promise<readonly WireEvent[]>
}

interface Deps {
  readonly readers: Readers
  readonly wordsAfter: WordsAfter
  readonly definitions: ReadonlyMap<string, EventDefinition>
  readonly pages: AudiencePages
  readonly state: (caseId: CaseId) => Promise<LoadedCase>
}

const WHOLE_PAGE = 500

export function makeAudienceReading({ readers, wordsAfter, definitions, pages, state }: Deps): AudienceReading {
  /** How far somebody may read an audience (0 for one that is not theirs), and from where on its conversation. */
  async function reachOf(reader: Reader) {
    const now = await state(reader.caseId)
    return { until: readableBy(now, reader.person, readers).get(reader.audience) ?? 0, after: floorOf(now, reader) }
  }
  function floorOf({ audiences }: LoadedCase, { audience, person }: Reader): number {
    const folded = audiences.get(audience)
    return folded ? wordsAfter(folded, person) : 0
  }
  const isPaged = ({ type }: WireEvent) => definitions.get(type)?.paged === true
  const carriesWords = (event: WireEvent) => isPaged(event) || definitions.get(event.type)?.said === true
  /** Of somebody who reads the conversation behind `after`; what they have allowed or answered there themselves stays theirs to see. */
  const withoutWords = (after: number, reader: Reader) => (event: WireEvent) =>
    event.seq <= after && carriesWords(event) && event.by !== reader.person ? { ...event, body: null, salt: '' } : event
  const readBy = ({ caseId, person, audience }: Reader) => ({ caseId, audience, who: `${caseId} ${person}` })

  return {
    async readAs(caseId, person, audience, after, limit) {
      const reader = { caseId, person, audience }
      const reach = await reachOf(reader)
      if (after >= reach.until) return []
      const events = await pages.after(readBy(reader), after, Math.min(limit, reach.until - after))
      const theirs = events.filter((event) => event.seq <= reach.until && (event.seq > reach.after || !isPaged(event)))
      return theirs.map(withoutWords(reach.after, reader))
    },
    async readBeforeAs(reader, seq, limit) {
      const { until, after } = await reachOf(reader)
      const before = Math.min(seq, until + 1)
      return before <= after + 1 ? [] : pages.before(readBy(reader), before, Math.min(limit, before - 1 - after))
    },
    async readPlacesAs(reader, seqs) {
      const { until, after } = await reachOf(reader)
      const readable = seqs.filter((seq) => seq <= until)
      const events = readable.length === 0 ? [] : await pages.at(readBy(reader), readable)
      return events.map(withoutWords(after, reader))
    },
    wordsAfter: floorOf,
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
