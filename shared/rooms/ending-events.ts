import { personEnded } from '#shared/cases/people-protocol.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type NewEvent, newEvent, type View } from '#shared/log/decide.ts'
import { leaving, takingOut } from './admission-events.ts'

/** Out of the case, and of all its rooms that are seen here. A version's signers have their room from the version, for good. */
export function endingOf(view: View, participantId: ParticipantId): readonly NewEvent[] {
  return [
    newEvent(personEnded, 'case', { participantId }),
    ...view.audiences().flatMap((audience) => (audienceKind(audience) === 'signers' ? leaving : takingOut)(view, audience, participantId)),
  ]
}
