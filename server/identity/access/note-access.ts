// What is done about a person's ways in, into their own line to the mediator.
import type { CaseLog } from '#server/log/case-log.ts'
import { type AccessChange, accessNote } from '#shared/identity/access-protocol.ts'
import { type AccessState, accessFold } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { CaseId, CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'

interface OfPerson {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
}

/** Written down before it is done: what nobody was told of has not happened. */
export type NoteAccess = (of: OfPerson, change: AccessChange) => Promise<void>

export interface AccessLog {
  readonly note: NoteAccess
  of(of: OfPerson): Promise<AccessState | undefined>
}

export function makeAccessLog({
  log,
  newStep,
}: {
  readonly log: Pick<CaseLog, 'step' | 'state' | 'refresh'>
  readonly newStep: () => CommandId
}): AccessLog {
  return {
    async note({ caseId, participantId }, change) {
      await log.step(caseId, accessNote, { participantId, change }, newStep())
    },
    async of({ caseId, participantId }) {
      await log.refresh(caseId) // another server may have bound or ended a device
      return stateIn((await log.state(caseId)).audiences, accessFold, directAudience(participantId))
    },
  }
}
