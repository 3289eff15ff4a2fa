// A party under age does not stay with other sides when whoever guarded them goes (art. 24(3)): taken out, replaced, their time over, or
// found to be under age only now. What a server that died in between has left is done when the case is next read.
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personCorrected, personEnded } from '#shared/cases/people-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { CaseId, CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { isEvent } from '#shared/log/fold.ts'
import { minorLeadOut } from '#shared/rooms/grant-protocol.ts'
import { minorsAloneIn } from '#shared/rooms/group-people.ts'
import { grantEnded, roomLeft } from '#shared/rooms/room-protocol.ts'

/** Somebody goes, or is found to be under age; or talk begins again among those who are still there. */
const CHANGES = [personEnded, personCorrected, grantEnded, roomLeft, sessionStarted]

interface Deps {
  readonly log: Pick<CaseLog, 'loaded' | 'step'>
  readonly clock: Clock
  readonly newStep: () => CommandId
  readonly onTrouble: (cause: unknown) => void
}

export function leadMinorsOut({ log, clock, newStep, onTrouble }: Deps): Subscriber {
  function look(caseId: CaseId): void {
    const { audiences } = log.loaded(caseId)
    const view = viewOf(audiences)
    if (!view.state(caseFold, 'case')?.facts?.people.some(({ minor }) => minor)) return
    for (const audience of audiences.keys()) {
      for (const { id } of minorsAloneIn(view, audience, clock.now())) leadOut(caseId, audience, id)
    }
  }

  function leadOut(caseId: CaseId, audience: Audience, participantId: ParticipantId): void {
    log.step(caseId, minorLeadOut, { audience, participantId }, newStep()).catch(onTrouble)
  }

  return {
    name: 'parties under age',
    committed({ caseId, events }) {
      if (events.some((event) => CHANGES.some((definition) => isEvent(event, definition)))) look(caseId)
    },
    loaded: look,
  }
}
