// Answers "since seq": what a device has missed in each of its audiences, a page at a time, filtered by membership again.
import type { CaseLog } from '#server/log/case-log.ts'
import { type LoadedCase, type Readers, readableBy } from '#server/log/case-state.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { ResumeAnswer, ResumedAudience, ResumeRequest, WireEvent } from '#shared/protocol/wire.ts'

const PAGE = 200

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

export async function resume(log: Pick<CaseLog, 'state' | 'readAs'>, given: Asked): Promise<ResumeAnswer> {
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
    const page = lacks ? await log.readAs(caseId, me, audience, after, left) : []
    events.push(...page)
    const reached = page.at(-1)?.seq ?? after
    // Compared with what this person may read, never with the chain's own end: that would count what is said after they left.
    const standing = after > head ? 'behind' : reached < head ? 'more' : 'current'
    audiences.push({ audience, state: standing, epoch, head })
  }
  return { me, audiences, events, connected: given.connected(state), now: given.now }
}
