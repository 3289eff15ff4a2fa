// Whether some mediator of a case has a connection while a session runs. After fifteen seconds without one the joint room is told so, by an
// event that every server and every device reads; the first mediator who is back takes it away. A co-mediator keeps the room open.
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { CaseId, CommandId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { isEvent, stateIn } from '#shared/log/fold.ts'
import { lineInterrupt, lineRestore } from '#shared/rooms/line-protocol.ts'
import { lineFold } from '#shared/rooms/line-state.ts'
import type { OtherLines } from './shared-lines.ts'

/** Longer than a page takes to be loaded anew; short enough that nobody talks on alone for long. */
export const LINE_LOST_AFTER = 15_000

interface Deps {
  readonly log: Pick<CaseLog, 'loaded' | 'step'>
  readonly timers: Timers
  readonly newStep: () => CommandId
  /** What other servers know. */
  readonly elsewhere: OtherLines
  readonly onTrouble: (cause: unknown) => void
}

interface MediatorLine {
  readonly lane: Lane
  readonly subscriber: Subscriber
  close(): Promise<void>
}

export function makeMediatorLine({ log, timers, newStep, elsewhere, onTrouble }: Deps): MediatorLine {
  const here = new Map<CaseId, number>()
  const waiting = new Map<CaseId, () => void>()
  let closed = false

  function stopWaiting(caseId: CaseId): void {
    waiting.get(caseId)?.()
    waiting.delete(caseId)
  }

  function standing(caseId: CaseId) {
    const { audiences } = log.loaded(caseId)
    return {
      inSession: stateIn(audiences, caseFold, 'case')?.session !== undefined,
      interrupted: stateIn(audiences, lineFold, 'all')?.interruptedAt !== undefined,
    }
  }

  /** Fifteen seconds from now, if nobody comes before. */
  function wait(caseId: CaseId): void {
    if (closed || waiting.has(caseId)) return
    waiting.set(
      caseId,
      timers.after(LINE_LOST_AFTER, () => {
        waiting.delete(caseId)
        lost(caseId).catch(failed(caseId))
      }),
    )
  }

  /** What could not be written down is tried again. */
  function failed(caseId: CaseId): (cause: unknown) => void {
    return (cause) => {
      onTrouble(cause)
      wait(caseId)
    }
  }

  function look(caseId: CaseId): void {
    if (closed) return
    const { inSession, interrupted } = standing(caseId)
    if (!here.has(caseId)) {
      if (inSession && !interrupted) wait(caseId)
      return
    }
    stopWaiting(caseId)
    if (interrupted) log.step(caseId, lineRestore, {}, newStep()).catch(failed(caseId))
  }

  async function lost(caseId: CaseId): Promise<void> {
    const isElsewhere = await elsewhere.has(caseId)
    if (closed) return
    if (!isElsewhere && !here.has(caseId)) await log.step(caseId, lineInterrupt, {}, newStep())
    // Somebody may have come while this was being written.
    look(caseId)
  }

  return {
    lane({ actor: { caseId, role }, socket }) {
      if (!mediates({ role })) return look(caseId)
      here.set(caseId, (here.get(caseId) ?? 0) + 1)
      elsewhere.tell(caseId, true)
      look(caseId)
      socket.on('disconnect', () => {
        const left = (here.get(caseId) ?? 1) - 1
        if (left > 0) return void here.set(caseId, left)
        here.delete(caseId)
        elsewhere.tell(caseId, false)
        look(caseId)
      })
    },
    subscriber: {
      name: "the mediator's line",
      committed({ caseId, events }) {
        if (events.some((event) => isEvent(event, sessionStarted))) look(caseId)
      },
      loaded: look,
    },
    async close() {
      closed = true
      for (const caseId of [...waiting.keys()]) stopWaiting(caseId)
      await elsewhere.close()
    },
  }
}
