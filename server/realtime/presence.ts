// Who is here, as others are told: at once when somebody comes, only after a while when they go, so that a connection that breaks and comes
// back tells nobody anything. What is told and what is answered to whoever asks are one and the same.
// To other sides everybody in the joint session is just "connected", whatever room they look at.
import type { Timers } from '#shared/kernel/clock.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

/** Longer than a telephone takes to change its network, or a page to be loaded again. */
export const GONE_AFTER = 12_000

interface Here {
  connections: number
  /** Counting down to "gone" while there is no connection. */
  cancel: (() => void) | undefined
}

interface PresenceDeps {
  readonly timers: Timers
  readonly tell: (caseId: CaseId, person: ParticipantId, connected: boolean) => void
}

export function makePresence({ timers, tell }: PresenceDeps) {
  const cases = new Map<CaseId, Map<ParticipantId, Here>>()

  function forget(caseId: CaseId, person: ParticipantId): void {
    const people = cases.get(caseId)
    people?.delete(person)
    if (people?.size === 0) cases.delete(caseId)
  }

  return {
    arrived(caseId: CaseId, person: ParticipantId): void {
      const people = cases.get(caseId) ?? new Map<ParticipantId, Here>()
      cases.set(caseId, people)
      const known = people.get(person)
      if (!known) {
        people.set(person, { connections: 1, cancel: undefined })
        tell(caseId, person, true)
        return
      }
      known.cancel?.()
      known.cancel = undefined
      known.connections++
    },
    gone(caseId: CaseId, person: ParticipantId): void {
      const here = cases.get(caseId)?.get(person)
      if (!here || --here.connections > 0) return
      here.cancel = timers.after(GONE_AFTER, () => {
        tell(caseId, person, false)
        forget(caseId, person)
      })
    },
    /** Whom those who may know it take to be here. */
    connected(caseId: CaseId): readonly ParticipantId[] {
      return [...(cases.get(caseId)?.keys() ?? [])]
    },
    /** Somebody has a connection, or had one a moment ago. */
    anybodyIn(caseId: CaseId): boolean {
      return cases.has(caseId)
    },
    cases(): readonly CaseId[] {
      return [...cases.keys()]
    },
    close(): void {
      for (const people of cases.values()) for (const here of people.values()) here.cancel?.()
      cases.clear()
    },
  }
}
