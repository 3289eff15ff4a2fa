// Who is connected, and nothing more. To other sides everybody in the joint session is just "connected", whatever room they look at.
import type { LoadedCase } from '#server/log/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

export interface PresenceRules {
  /** The audiences that may know whether this person is connected. */
  readonly witnesses: (state: LoadedCase, person: ParticipantId) => readonly Audience[]
  /** Whether `viewer` may know it of `person`. */
  readonly mayKnow: (state: LoadedCase, viewer: ParticipantId, person: ParticipantId) => boolean
}

export function makePresence() {
  const connections = new Map<CaseId, Map<ParticipantId, number>>()
  return {
    /** Answers whether this is the person's first connection to the case. */
    arrived(caseId: CaseId, person: ParticipantId): boolean {
      const people = connections.get(caseId) ?? new Map<ParticipantId, number>()
      connections.set(caseId, people)
      const before = people.get(person) ?? 0
      people.set(person, before + 1)
      return before === 0
    },
    /** Answers whether it was the person's last. */
    gone(caseId: CaseId, person: ParticipantId): boolean {
      const people = connections.get(caseId)
      const left = (people?.get(person) ?? 1) - 1
      if (left > 0) {
        people?.set(person, left)
        return false
      }
      people?.delete(person)
      if (people?.size === 0) connections.delete(caseId)
      return true
    },
    connected(caseId: CaseId): readonly ParticipantId[] {
      return [...(connections.get(caseId)?.keys() ?? [])]
    },
    anybodyIn(caseId: CaseId): boolean {
      return connections.has(caseId)
    },
    cases(): readonly CaseId[] {
      return [...connections.keys()]
    },
  }
}
