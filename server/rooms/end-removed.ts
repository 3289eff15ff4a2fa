// Whoever was taken out of the case: link, code, devices and connections end. What a server that died in between has left is done when
// the case is next read.
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personEnded } from '#shared/cases/people-protocol.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { isEvent, stateIn } from '#shared/log/fold.ts'
import { invitedAnewFold } from '#shared/rooms/invited-anew.ts'

interface Deps {
  readonly log: Pick<CaseLog, 'loaded'>
  /** Harmless to repeat. `by`: who took them out, where that has not been told yet. */
  readonly endParticipant: (caseId: CaseId, person: ParticipantId, by: ParticipantId | undefined) => Promise<void>
  readonly onTrouble: (cause: unknown) => void
}

export function endRemoved({ log, endParticipant, onTrouble }: Deps): Subscriber {
  /** Out of the case, and not invited since: a server that reads of a removal late must not end what was made after it. */
  function peopleOut(caseId: CaseId): readonly ParticipantId[] {
    const { audiences } = log.loaded(caseId)
    const people = stateIn(audiences, caseFold, 'case')?.facts?.people ?? []
    const isOut = (id: ParticipantId) => !stateIn(audiences, invitedAnewFold, directAudience(id))
    return people.flatMap(({ id, endedAt }) => (endedAt !== undefined && isOut(id) ? [id] : []))
  }

  return {
    name: 'removed people',
    committed({ caseId, events }) {
      for (const event of events) {
        if (!isEvent(event, personEnded) || !peopleOut(caseId).includes(event.body.participantId)) continue
        endParticipant(caseId, event.body.participantId, event.by === 'system' ? undefined : event.by).catch(onTrouble)
      }
    },
    loaded(caseId) {
      for (const id of peopleOut(caseId)) endParticipant(caseId, id, undefined).catch(onTrouble)
    },
  }
}
