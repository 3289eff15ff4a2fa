// As whom an account mediates a case: records say whose accounts there are, the log who is part of the case now. Whoever was changed for
// another, and whoever is only proposed, mediates nothing.
import type { CaseLog } from '#server/log/case-log.ts'
import { caseFold, mediatorsOf } from '#shared/cases/case-state.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import type { CaseRecord, CaseRecords } from './case-records.ts'

export interface CaseMediators {
  personOf(account: AccountId, caseId: CaseId): Promise<ParticipantId | undefined>
  /** The record as this account's; whoever does not mediate the case is answered as if it did not exist. */
  ownCase(account: AccountId, caseId: CaseId): Promise<CaseRecord>
}

interface Deps {
  readonly cases: Pick<CaseRecords, 'find' | 'peopleOf'>
  readonly log: Pick<CaseLog, 'state'>
}

export function makeCaseMediators({ cases, log }: Deps): CaseMediators {
  async function personOf(account: AccountId, caseId: CaseId): Promise<ParticipantId | undefined> {
    const known = await cases.peopleOf(account, caseId)
    if (known.length === 0) return undefined
    const state = stateIn((await log.state(caseId)).audiences, caseFold, 'case')
    return state && mediatorsOf(state).find(({ id }) => known.includes(id))?.id
  }
  return {
    personOf,
    async ownCase(account, caseId) {
      const [record, mediatorParticipantId] = await Promise.all([cases.find(caseId), personOf(account, caseId)])
      if (!record || mediatorParticipantId === undefined) throw new AppError({ kind: 'not-found' })
      return { ...record, mediatorParticipantId }
    },
  }
}
