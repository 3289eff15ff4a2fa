import { base64url } from '#shared/kernel/bytes.ts'
import { type AccountId, asId, type CaseId, type InvitationId, type ParticipantId } from '#shared/kernel/ids.ts'

/** A valid id that is the same for the same name. */
export function testId<Id extends CaseId | ParticipantId | AccountId | InvitationId>(name: string): Id {
  return asId<Id>(base64url(new TextEncoder().encode(name.padEnd(16, '.').slice(0, 16))))
}
