// The calls of all cases that have somebody connected here.
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { CallConnection } from './call-connection.ts'
import { CaseCalls, type CaseCallsDeps } from './case-calls.ts'

export interface LiveCalls {
  /** The calls of this device's case. */
  attach(caseId: CaseId, connection: CallConnection): CaseCalls
  detach(caseId: CaseId, connection: CallConnection, how: 'broken' | 'ended'): void
  judge(caseId: CaseId): void
  /** What the joint call has become. */
  joint(caseId: CaseId, now: 'running' | 'paused'): void
  ended(caseId: CaseId, audience: Audience): void
  isHeld(caseId: CaseId): boolean
  close(): void
}

export function makeLiveCalls(depsOf: (caseId: CaseId) => CaseCallsDeps): LiveCalls {
  const cases = new Map<CaseId, CaseCalls>()

  function forgetIfEmpty(caseId: CaseId): void {
    const calls = cases.get(caseId)
    if (!calls?.isEmpty) return
    calls.close()
    cases.delete(caseId)
  }

  return {
    attach(caseId, connection) {
      const calls = cases.get(caseId) ?? new CaseCalls(depsOf(caseId))
      cases.set(caseId, calls)
      calls.enter(connection)
      return calls
    },
    detach(caseId, connection, how) {
      cases.get(caseId)?.gone(connection, how, () => forgetIfEmpty(caseId))
      forgetIfEmpty(caseId)
    },
    judge: (caseId) => cases.get(caseId)?.judge(),
    joint(caseId, now) {
      const calls = cases.get(caseId)
      if (now === 'running') calls?.running()
      else calls?.paused()
    },
    ended: (caseId, audience) => cases.get(caseId)?.ended(audience),
    isHeld: (caseId) => cases.get(caseId)?.isHeld ?? false,
    close() {
      for (const calls of cases.values()) calls.close()
      cases.clear()
    },
  }
}
