// Whoever was taken out of the case: link, code, devices and connections end.
import type { Subscriber } from '#server/log/subscribers.ts'
import { personEnded } from '#shared/cases/people-protocol.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { isEvent } from '#shared/log/fold.ts'

interface Deps {
  /** Harmless to repeat. */
  readonly endParticipant: (caseId: CaseId, person: ParticipantId, by: ParticipantId | undefined) => Promise<void>
  readonly onTrouble: (cause: unknown) => void
}

export function endRemoved({ endParticipant, onTrouble }: Deps): Subscriber {
  return {
    name: 'removed people',
    committed({ caseId, events }) {
      for (const event of events) {
        if (!isEvent(event, personEnded)) continue
        endParticipant(caseId, event.body.participantId, event.by === 'system' ? undefined : event.by).catch(onTrouble)
      }
    },
  }
}
