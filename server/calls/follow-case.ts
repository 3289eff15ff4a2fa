// What happens in a case as its calls hear of it, and what calls themselves add to it: the joint call rests when no mediator is in it any
// more, and ends with its session.
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { callClose, callEnded, callHalt, callOpened, callPaused, callResumed } from '#shared/calls/calls-protocol.ts'
import { callFold } from '#shared/calls/calls-state.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { caucusEnded } from '#shared/caucus/caucus-protocol.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { CaseId, CommandId } from '#shared/kernel/ids.ts'
import { isEvent, stateIn } from '#shared/log/fold.ts'
import type { LiveCalls } from './live-calls.ts'

/** After a start: as long as a device may take to find the server again. */
export const RETURN_MS = 60_000

interface Deps {
  readonly log: Pick<CaseLog, 'loaded' | 'step'>
  readonly calls: LiveCalls
  readonly timers: Timers
  readonly newStep: () => CommandId
  readonly onTrouble: (cause: unknown) => void
}

export interface CaseFollowing {
  readonly subscriber: Subscriber
  /** No mediator is in the joint call any more. */
  halt(caseId: CaseId): void
  close(): void
}

export function followCase({ log, calls, timers, newStep, onTrouble }: Deps): CaseFollowing {
  const waiting = new Map<CaseId, () => void>()
  const stateOf = (caseId: CaseId) => {
    const { audiences } = log.loaded(caseId)
    return {
      stage: stateIn(audiences, callFold, 'all')?.stage ?? 'closed',
      inSession: stateIn(audiences, caseFold, 'case')?.session !== undefined,
    }
  }

  function halt(caseId: CaseId): void {
    log.step(caseId, callHalt, {}, newStep()).catch(onTrouble)
  }

  function closeIfOver(caseId: CaseId): void {
    const { stage, inSession } = stateOf(caseId)
    if (stage !== 'closed' && !inSession) log.step(caseId, callClose, {}, newStep()).catch(onTrouble)
  }

  return {
    halt,
    subscriber: {
      name: 'calls',
      committed({ caseId, events }) {
        for (const event of events) {
          if (isEvent(event, callOpened) || isEvent(event, callResumed)) calls.joint(caseId, 'running')
          else if (isEvent(event, callPaused)) calls.joint(caseId, 'paused')
          else if (isEvent(event, callEnded)) calls.ended(caseId, 'all')
          // Nobody's microphone stays open in a talk that is over.
          else if (isEvent(event, caucusEnded)) calls.ended(caseId, event.audience)
        }
        closeIfOver(caseId)
        calls.judge(caseId)
      },
      loaded(caseId) {
        closeIfOver(caseId)
        if (stateOf(caseId).stage !== 'running') return
        waiting.get(caseId)?.()
        waiting.set(
          caseId,
          timers.after(RETURN_MS, () => {
            waiting.delete(caseId)
            if (stateOf(caseId).stage === 'running' && !calls.isHeld(caseId)) halt(caseId)
          }),
        )
      },
    },
    close() {
      for (const cancel of waiting.values()) cancel()
      waiting.clear()
      calls.close()
    },
  }
}
