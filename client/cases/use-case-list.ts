// One of a mediator's two lists, as far as it was fetched: the newest page first, older ones when they are asked for.

import { useLoad } from '#client/http/use-load.ts'
import { type RequestAction, useRequest } from '#client/http/use-request.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { type CaseSummary, caseList, type ListedState } from '#shared/cases/case-routes.ts'

export interface ListOfCases {
  /** Undefined until the first page is here. */
  readonly cases: readonly CaseSummary[] | undefined
  readonly problem: ShownProblem | undefined
  readonly reload: () => Promise<void>
  /** Undefined when the last page is here. */
  readonly fetchMore: (() => void) | undefined
  /** Of the page that is being fetched. */
  readonly request: RequestAction
}

export function useCaseList(listed: ListedState): ListOfCases {
  const call = useStaffCall()
  const { state, reload, change } = useLoad(`cases ${listed}`, () => call(caseList, { state: listed }))
  const request = useRequest()
  const shown = state.kind === 'here' ? state.value : undefined
  const after = shown?.more

  function fetchMore(): void {
    void request.run(async () => {
      const next = await call(caseList, { state: listed, ...(after === undefined ? {} : { after }) })
      // Loaded anew meanwhile: it begins from its top again.
      change((before) => (before.more === after ? { ...next, cases: [...before.cases, ...next.cases] } : before))
    })
  }

  return {
    cases: shown?.cases,
    problem: state.kind === 'refused' ? state.problem : undefined,
    reload,
    fetchMore: after === undefined ? undefined : fetchMore,
    request,
  }
}
