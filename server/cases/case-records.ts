// Which account mediates which case: small truth beside the log, since accounts stand outside every case.
import type { RecordStore } from '#server/storage/ports.ts'
import type { CaseSummary } from '#shared/cases/case-routes.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'

const COLLECTION = 'cases'

export type CaseRecord = Omit<CaseSummary, 'phase' | 'inSession'> & { readonly mediatorAccountId: AccountId }

export async function findCaseRecord(records: Pick<RecordStore, 'get'>, caseId: CaseId): Promise<CaseRecord | undefined> {
  return (await records.get<CaseRecord>(COLLECTION, caseId))?.value
}

export function makeCaseRecords(records: RecordStore) {
  return {
    async add(record: CaseRecord): Promise<void> {
      await records.insert(COLLECTION, record.caseId, record, { index: { mediator: record.mediatorAccountId } })
    },
    async ofMediator(account: AccountId): Promise<readonly CaseRecord[]> {
      const found = await records.find<CaseRecord>(COLLECTION, 'mediator', account)
      return found.map((record) => record.value).sort((a, b) => b.openedAt - a.openedAt)
    },
    find: (caseId: CaseId) => findCaseRecord(records, caseId),
    /** Which participant of the case this account is; undefined for every account but its mediator's. */
    async personOf(account: AccountId, caseId: CaseId): Promise<ParticipantId | undefined> {
      const record = await findCaseRecord(records, caseId)
      return record?.mediatorAccountId === account ? record.mediatorParticipantId : undefined
    },
  }
}

export type CaseRecords = ReturnType<typeof makeCaseRecords>
