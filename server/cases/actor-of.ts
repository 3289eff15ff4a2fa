import type { LoadedCase } from '#server/log/case-state.ts'
import { caseFold, personIn } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'

/** The person as the case knows them; undefined for anybody whom it does not. */
export function actorOf(state: LoadedCase, caseId: CaseId, id: ParticipantId): Person | undefined {
  const folded = state.audiences.get('case')
  if (!folded) return undefined
  const person = personIn(sliceOf(folded, caseFold), id)
  return person && { kind: 'person', caseId, id, role: person.role, ...(person.sideId === undefined ? {} : { sideId: person.sideId }) }
}
