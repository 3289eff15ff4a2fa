// Rights that end by what has happened, not by the clock: with the session that they were given for, with a consent that does not stand any
// more. What a server that died in between has left is done when the case is next read.
import type { CaseLog } from '#server/log/case-log.ts'
import { stepId } from '#server/log/step-id.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { mediationEnded, sessionEnded } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { watches } from '#shared/kernel/roles.ts'
import { viewOf } from '#shared/log/decide.ts'
import { isEvent, sliceOf } from '#shared/log/fold.ts'
import { consentAnswered } from '#shared/rooms/consent-protocol.ts'
import { consentOf } from '#shared/rooms/consent-state.ts'
import { grantClose } from '#shared/rooms/grant-protocol.ts'
import { type Grant, grantsIn } from '#shared/rooms/grants.ts'
import { isRefusedIn } from '#shared/rooms/group-people.ts'
import { roomFold } from '#shared/rooms/room-state.ts'

interface Deps {
  readonly log: Pick<CaseLog, 'loaded' | 'step'>
  readonly onTrouble: (cause: unknown) => void
}

export function closeGrants({ log, onTrouble }: Deps): Subscriber {
  function overIn(caseId: CaseId): readonly { audience: Audience; grant: Grant }[] {
    const { audiences } = log.loaded(caseId)
    const view = viewOf(audiences)
    const state = view.state(caseFold, 'case')
    if (!state) return []
    return [...audiences].flatMap(([audience, folded]) =>
      grantsIn(sliceOf(folded, roomFold).grants)
        .filter(({ ended, withSession, role, participantId }) => {
          if (ended) return false
          if (withSession && !state.session) return true
          if (role === undefined || !watches({ role })) return false
          if (audienceKind(audience) === 'room') return isRefusedIn(view, audience, participantId)
          return consentOf(view, state, { audience, participantId }) === 'refused'
        })
        .map((grant) => ({ audience, grant })),
    )
  }

  function look(caseId: CaseId): void {
    for (const { audience, grant } of overIn(caseId)) {
      const { grantId } = grant
      log.step(caseId, grantClose, { audience, grantId }, stepId(`grant:close ${caseId} ${audience} ${grantId}`)).catch(onTrouble)
    }
  }

  return {
    name: 'grants that are over',
    committed({ caseId, events }) {
      if (events.some((event) => isEvent(event, sessionEnded) || isEvent(event, mediationEnded) || isEvent(event, consentAnswered)))
        look(caseId)
    },
    loaded: look,
  }
}
