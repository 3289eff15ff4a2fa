// Grants that begin or end by the clock alone. Who may read is judged by the clock wherever it is asked; here sockets are moved when a
// time comes, and its end is written down. Begun again with every case that is read, so a server that was away has missed nothing.
import type { CaseLog } from '#server/log/case-log.ts'
import { stepId } from '#server/log/step-id.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { isEvent, sliceOf } from '#shared/log/fold.ts'
import { type Grant, grantsIn, isDue, nextTurn } from '#shared/rooms/grants.ts'
import { grantExpire, grantGiven } from '#shared/rooms/room-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'

/** A clock that is set forward makes a time come earlier than any timer: looked at again this often. */
const LONGEST_WAIT_MS = 60_000

interface TimedGrantDeps {
  readonly log: Pick<CaseLog, 'loaded' | 'step'>
  readonly clock: Clock
  readonly timers: Timers
  /** A time has come: sockets go where they belong now. */
  readonly turned: (caseId: CaseId) => void
  readonly onTrouble: (cause: unknown) => void
}

export interface TimedGrants {
  readonly subscriber: Subscriber
  close(): void
}

export function makeTimedGrants({ log, clock, timers, turned, onTrouble }: TimedGrantDeps): TimedGrants {
  const waiting = new Map<CaseId, () => void>()
  let closed = false

  function timedIn(caseId: CaseId): readonly { audience: Audience; grants: readonly Grant[]; next: number | undefined }[] {
    return [...log.loaded(caseId).audiences].flatMap(([audience, folded]) => {
      const { timed, grants } = sliceOf(folded, roomFold)
      return timed ? [{ audience, grants: grantsIn(grants), next: nextTurn(grants, clock.now()) }] : []
    })
  }

  function look(caseId: CaseId): void {
    waiting.get(caseId)?.()
    waiting.delete(caseId)
    if (closed) return
    const now = clock.now()
    const timed = timedIn(caseId)
    const due = timed.flatMap(({ audience, grants }) => grants.filter((grant) => isDue(grant, now)).map((grant) => ({ audience, grant })))
    const recorded = due.map(({ audience, grant: { grantId } }) =>
      log.step(caseId, grantExpire, { audience, grantId }, stepId(`grant:expire ${caseId} ${audience} ${grantId}`)).catch(onTrouble),
    )
    // Afterwards, so that whom it concerns still hears that it has ended, if nothing was said since.
    void Promise.all(recorded).then(() => turned(caseId))
    const times = timed.flatMap(({ next }) => (next === undefined ? [] : [next - now]))
    // What could not be written down is tried again.
    if (due.length > 0) times.push(LONGEST_WAIT_MS)
    if (times.length > 0)
      waiting.set(
        caseId,
        timers.after(Math.min(...times, LONGEST_WAIT_MS), () => look(caseId)),
      )
  }

  return {
    subscriber: {
      name: 'timed grants',
      committed({ caseId, events }) {
        if (events.some((event) => isEvent(event, grantGiven))) look(caseId)
      },
      loaded: look,
    },
    close() {
      closed = true
      for (const cancel of waiting.values()) cancel()
      waiting.clear()
    },
  }
}
