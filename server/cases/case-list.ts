// The list of a mediator's cases, as it follows from the log: what everybody in a case may know, and whose it is. No caucus can be in it,
// because it is shown none.

import { defineProjection } from '#server/log/projection.ts'
import type { ProjectionAccess } from '#server/log/projections.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { CASES_PER_PAGE, type CaseRouteReason, type CaseSummary, type ListedState } from '#shared/cases/case-routes.ts'
import { type CaseState, caseFold, mediatorsOf } from '#shared/cases/case-state.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, ParticipantId } from '#shared/kernel/ids.ts'
import { type CaseRecord, findCaseRecord, findOtherMediator } from './case-records.ts'

/** A line of the list, and what it is found by. */
export interface CaseLine extends CaseSummary {
  readonly mediatorAccountId: AccountId
  readonly state: ListedState
}

export const caseListProjection = defineProjection<CaseLine, 'ofMediator'>({
  name: 'cases',
  version: 2,
  reads: ['case'],
  // When a case was opened stands in the clear in its log too.
  lookups: { ofMediator: { equals: ['mediatorAccountId', 'state'], order: 'openedAt' } },
  async of(caseId, view, records) {
    const state = view.state(caseFold, 'case')
    const record = await findCaseRecord(records, caseId)
    if (!record || !state?.facts) return undefined // not listed yet: the record is the last thing that opening a case writes
    const lines = await Promise.all(mediatorsOf(state).map(({ id }) => lineOf(record, state, id, records)))
    return lines.flatMap((line) => (line ? [{ id: `${caseId}/${line.mediatorParticipantId}`, value: line }] : []))
  },
})

/** The case in the list of one of its mediators. */
async function lineOf(
  record: CaseRecord,
  state: CaseState,
  participantId: ParticipantId,
  records: Pick<RecordStore, 'get'>,
): Promise<CaseLine | undefined> {
  const opened = record.mediatorParticipantId === participantId
  const account = opened ? record.mediatorAccountId : (await findOtherMediator(records, participantId))?.accountId
  if (account === undefined) return undefined
  const summary = summaryOf({ ...record, mediatorParticipantId: participantId }, state)
  return { ...summary, mediatorAccountId: account, state: summary.phase === 'closed' ? 'closed' : 'running' }
}

/** When a list that is being made is asked for again. */
const ASK_AGAIN_SECONDS = 10

interface CasePage {
  readonly cases: CaseSummary[]
  readonly more: string | undefined
}

/** Newest first. */
export async function listCases(
  projections: Pick<ProjectionAccess, 'page'>,
  account: AccountId,
  { state = 'running', after }: { readonly state?: ListedState | undefined; readonly after?: string | undefined },
): Promise<CasePage> {
  const page = await projections.page(caseListProjection, {
    lookup: 'ofMediator',
    equals: [account, state],
    direction: 'descending',
    limit: CASES_PER_PAGE,
    ...(after === undefined ? {} : { after }),
  })
  // How far it has come would count everybody's cases: it is not said.
  if (page === 'being-made')
    throw new AppError({
      kind: 'unavailable',
      reason: 'cases/list-being-made' satisfies CaseRouteReason,
      details: { seconds: ASK_AGAIN_SECONDS },
    })
  const { values, more } = page
  return { cases: values.map(({ mediatorAccountId: _account, state: _state, ...summary }) => summary), more }
}

/** The log is the truth about names and phase; the record only says whose case it is. */
export function summaryOf({ mediatorAccountId: _account, ...record }: CaseRecord, { phase, session, facts }: CaseState): CaseSummary {
  return {
    ...record,
    title: facts?.title ?? record.title,
    sides: facts?.sides.map(({ name }) => name) ?? record.sides,
    phase,
    inSession: session !== undefined,
  }
}
