// The cases that this server holds in memory: the least recently used makes room, unless somebody looks at it or it is at work.
import type { CaseId } from '#shared/kernel/ids.ts'
import { type AggregateDeps, CaseAggregate } from './case-aggregate.ts'

const MAX_AGGREGATES = 2_000

interface OpenAggregates {
  /** Opened when it is not there. */
  of(caseId: CaseId): CaseAggregate
  /** Only what is there; counts as no use. */
  peek(caseId: CaseId): CaseAggregate | undefined
}

export function makeOpenAggregates(deps: AggregateDeps, inUse: (caseId: CaseId) => boolean): OpenAggregates {
  const aggregates = new Map<CaseId, CaseAggregate>()

  function forgetOldestIdle(): void {
    for (const [caseId, each] of aggregates) {
      if (!each.idle || inUse(caseId)) continue
      aggregates.delete(caseId)
      return
    }
  }

  return {
    of(caseId) {
      let found = aggregates.get(caseId)
      if (found) {
        aggregates.delete(caseId) // least recently used first
      } else {
        found = new CaseAggregate(caseId, deps)
        if (aggregates.size >= MAX_AGGREGATES) forgetOldestIdle()
      }
      aggregates.set(caseId, found)
      return found
    },
    peek: (caseId) => aggregates.get(caseId),
  }
}
