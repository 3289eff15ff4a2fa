import { type ServedRoute, serve } from '#server/http/router.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { ProjectionAccess } from '#server/log/projections.ts'
import { caseCreate, caseList, caseLook, type NewCase } from '#shared/cases/case-routes.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { correctionsFold } from '#shared/cases/corrections-state.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { listCases, summaryOf } from './case-list.ts'
import type { CaseMediators } from './case-mediators.ts'
import type { OpenedCase } from './open-case.ts'
import type { UnfinishedCases } from './unfinished-cases.ts'

interface Deps {
  readonly mediators: Pick<CaseMediators, 'ownCase'>
  readonly log: Pick<CaseLog, 'state'>
  readonly projections: Pick<ProjectionAccess, 'page'>
  readonly openCase: (account: AccountId, input: NewCase) => Promise<OpenedCase>
  readonly unfinished: Pick<UnfinishedCases, 'remove'>
}

export function caseRoutes({ mediators, log, projections, openCase, unfinished }: Deps): readonly ServedRoute[] {
  return [
    serve(caseCreate, async ({ unfinishedId, ...input }, { accountId }) => {
      const { caseId } = await openCase(accountId, input)
      if (unfinishedId !== undefined) await unfinished.remove(accountId, unfinishedId)
      return { caseId }
    }),
    serve(caseList, async (input, caller) => {
      const { cases: listed, more } = await listCases(projections, caller.accountId, input)
      return { cases: listed, ...(more === undefined ? {} : { more }) }
    }),
    serve(caseLook, async ({ caseId }, caller) => {
      const record = await mediators.ownCase(caller.accountId, caseId)
      const { audiences } = await log.state(caseId)
      const state = stateIn(audiences, caseFold, 'case')
      if (!state?.facts) throw new AppError({ kind: 'not-found' })
      return {
        summary: summaryOf(record, state),
        facts: { ...state.facts, sides: [...state.facts.sides], people: [...state.facts.people] },
        corrections: [...(stateIn(audiences, correctionsFold, 'case')?.all ?? [])],
      }
    }),
  ]
}
