// Answers "since seq": what a device has missed in each of its audiences, a page at a time, filtered by membership again. Of an audience of
// which it lacks much it gets, if it asks so, the outline and the last page; the rest it fetches backwards when somebody wants to read it.
import type { Reader } from '#server/log/audience-reading.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { type LoadedCase, type Readers, readableBy } from '#server/log/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { EMPTY_OUTLINE } from '#shared/log/outline.ts'
import { entriesOf } from '#shared/log/seq-map.ts'
import type { ResumeAnswer, ResumedAudience, ResumeRequest, WireEvent } from '#shared/protocol/wire.ts'

const PAGE = 200
/** Of one conversation: what a screen shows, several times over. */
export const LAST_PAGE = 100
/** Whoever lacks no more gets all of it: a short absence leaves no gap. */
const LACKS_MUCH = 300

type Pages = Pick<CaseLog, 'state' | 'readAs' | 'readBeforeAs' | 'readPlacesAs' | 'wordsAfter'>

interface Asked {
  readonly caseId: CaseId
  readonly me: ParticipantId
  readonly request: ResumeRequest
  readonly readers: Readers
  /** Asked before anything is read; throws when this person has read too much of late. */
  readonly reading: () => void
  readonly connected: (state: LoadedCase) => readonly ParticipantId[]
  readonly now: number
}

interface Stretch {
  readonly events: readonly WireEvent[]
  readonly from?: number
}

export async function resume(log: Pages, given: Asked): Promise<ResumeAnswer> {
  const { caseId, me, request, readers } = given
  let asked = false
  const state = await log.state(caseId)
  const held = new Map(request.heads.map((head) => [head.audience, head]))
  const audiences: ResumedAudience[] = []
  const events: WireEvent[] = []
  for (const [audience, head] of readableBy(state, me, readers)) {
    const epoch = state.audiences.get(audience)?.epoch ?? 0
    const after = held.get(audience)?.seq ?? 0
    const left = PAGE - events.length
    const lacks = after < head && left > 0
    if (lacks && !asked) given.reading()
    asked = asked || lacks
    const reader = { caseId, person: me, audience }
    const isLong = request.paged === true && head - after > LACKS_MUCH
    const lacking = { after, head, left, outline: outlineOf(state, audience, after), wordsAfter: log.wordsAfter(state, reader), isLong }
    const stretch = lacks ? await readLacking(log, reader, lacking) : { events: [] }
    events.push(...stretch.events)
    const reached = stretch.events.at(-1)?.seq ?? after
    // Compared with what this person may read, never with the chain's own end: that would count what is said after they left.
    const standing = after > head ? 'behind' : reached < head ? 'more' : 'current'
    audiences.push({ audience, state: standing, epoch, head, ...(stretch.from === undefined ? {} : { from: stretch.from }) })
  }
  return { me, audiences, events, connected: given.connected(state), now: given.now }
}

interface Lacking {
  readonly after: number
  readonly head: number
  /** Of the page. */
  readonly left: number
  readonly outline: Iterable<number>
  /** What was said up to there is not theirs: of that stretch they get the outline, also of a short one. */
  readonly wordsAfter: number
  readonly isLong: boolean
}

async function readLacking(log: Pages, reader: Reader, { after, head, left, outline, wordsAfter, isLong }: Lacking): Promise<Stretch> {
  const on = (seq: number, limit: number) => log.readAs(reader.caseId, reader.person, reader.audience, seq, limit)
  if (!isLong && after >= wordsAfter) return { events: await on(after, left) }
  const leapTo = Math.max(wordsAfter, isLong ? head - LAST_PAGE : 0)
  const wanted: number[] = []
  for (const seq of outline) {
    if (seq > leapTo || wanted.length > left) break
    wanted.push(seq)
  }
  const first = await log.readPlacesAs(reader, wanted.slice(0, left))
  // Not all of it fits: nothing after it is known to be without a gap.
  if (first.length < wanted.length || left - first.length < Math.min(LAST_PAGE, head - leapTo)) return { events: first, from: head + 1 }
  if (!isLong) return { events: [...first, ...(await on(wordsAfter, left - first.length))], from: wordsAfter + 1 }
  const last = await log.readBeforeAs(reader, head + 1, LAST_PAGE)
  const from = last[0]?.seq ?? head + 1
  const between: number[] = []
  // A page of long messages is shorter.
  for (const seq of outline) if (seq > leapTo && seq < from) between.push(seq)
  const rest = await log.readPlacesAs(reader, between)
  if (rest.length < between.length) return { events: [...first, ...rest], from: head + 1 }
  return { events: [...first, ...rest, ...last], from }
}

function outlineOf(state: LoadedCase, audience: Audience, after: number): Iterable<number> {
  const outline = state.outlines.get(audience) ?? EMPTY_OUTLINE
  return {
    *[Symbol.iterator]() {
      for (const [seq] of entriesOf(outline, after)) yield seq
    },
  }
}
