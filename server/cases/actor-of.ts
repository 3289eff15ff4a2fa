import type { LoadedCase } from '#server/log/case-state.ts'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'

/** The person as the case knows them; undefined for anybody whom it does not. */
export function actorOf(state: LoadedCase, caseId: CaseId, id: ParticipantId): Person | undefined {
  const folded = stateIn(state.audiences, caseFold, 'case')
  return folded && actorIn(folded, caseId, id)
}
