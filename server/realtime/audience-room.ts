import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

/** The socket room of an audience. The only place where room names are built. */
export function audienceRoom(caseId: CaseId, audience: Audience): string {
  return `${caseId}/${audience}`
}

/** All connections of one person in one case. */
export function personRoom(caseId: CaseId, person: ParticipantId): string {
  return `${caseId}/person/${person}`
}
