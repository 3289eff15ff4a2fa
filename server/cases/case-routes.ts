import { type ServedRoute, serve } from '#server/http/router.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { type CaseSummary, caseCreate, caseList, caseLook, type NewCase } from '#shared/cases/case-routes.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import type { CaseRecords } from './case-records.ts'
import type { OpenedCase } from './open-case.ts'

interface Deps {
  readonly cases: CaseRecords
  readonly log: Pick<CaseLog, 'state'>
  readonly openCase: (account: AccountId, input: NewCase) => Promise<OpenedCase>
}

export function caseRoutes({ cases, log, openCase }: Deps): readonly ServedRoute[] {
  async function summaryOf({
    mediatorAccountId: _account,
    ...record
  }: Awaited<ReturnType<CaseRecords['ofMediator']>>[number]): Promise<CaseSummary> {
    const folded = (await log.state(record.caseId)).audiences.get('case')
    return { ...record, phase: folded ? sliceOf(folded, caseFold).phase : 'preparing' }
  }
  return [
    serve(caseCreate, async (input, caller) => ({ caseId: (await openCase(caller.accountId, input)).caseId })),
    serve(caseList, async (_input, caller) => ({
      cases: await Promise.all((await cases.ofMediator(caller.accountId)).map(summaryOf)),
    })),
    serve(caseLook, async ({ caseId }, caller) => {
      const record = await cases.find(caseId)
      if (record?.mediatorAccountId !== caller.accountId) throw new AppError({ kind: 'not-found' })
      const folded = (await log.state(caseId)).audiences.get('case')
      const facts = folded && sliceOf(folded, caseFold).facts
      if (!facts) throw new AppError({ kind: 'not-found' })
      return { summary: await summaryOf(record), facts }
    }),
  ]
}
