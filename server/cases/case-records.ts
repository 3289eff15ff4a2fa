// Which account mediates which case: small truth beside the log, since accounts stand outside every case.
import type { RecordStore } from '#server/storage/ports.ts'
import type { CaseSummary } from '#shared/cases/case-routes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'

const COLLECTION = 'cases'
/** Mediators beside the one who opened a case; whether they are part of it is the log's to say. */
const OTHERS = 'case-mediators'

export type CaseRecord = Omit<CaseSummary, 'phase' | 'inSession'> & { readonly mediatorAccountId: AccountId }

export interface OtherMediator {
  readonly caseId: CaseId
  readonly accountId: AccountId
  readonly participantId: ParticipantId
}

export async function findOtherMediator(
  records: Pick<RecordStore, 'get'>,
  participantId: ParticipantId,
): Promise<OtherMediator | undefined> {
  return (await records.get<OtherMediator>(OTHERS, participantId))?.value
}

export async function findCaseRecord(records: Pick<RecordStore, 'get'>, caseId: CaseId): Promise<CaseRecord | undefined> {
  return (await records.get<CaseRecord>(COLLECTION, caseId))?.value
}

export function makeCaseRecords(records: RecordStore) {
  return {
    async add(record: CaseRecord): Promise<void> {
      await records.insert(COLLECTION, record.caseId, record, { index: { mediator: record.mediatorAccountId } })
    },
    /** Whose account a proposed mediator is. Safe to repeat; refused for who is another’s already: those who agree, agree to one. */
    async link(other: OtherMediator): Promise<void> {
      const { caseId, accountId, participantId } = other
      if ((await records.insert(OTHERS, participantId, other, { index: { account: accountId } })) === 'stored') return
      const known = await findOtherMediator(records, participantId)
      if (known?.caseId !== caseId || known.accountId !== accountId) throw new AppError({ kind: 'conflict' })
    },
    /** As whom this account was ever a mediator, in which cases. */
    async mediatedBy(account: AccountId): Promise<readonly { caseId: CaseId; mediatorParticipantId: ParticipantId }[]> {
      const [own, others] = await Promise.all([
        records.find<CaseRecord>(COLLECTION, 'mediator', account),
        records.find<OtherMediator>(OTHERS, 'account', account),
      ])
      return [
        ...own.map(({ value }) => value),
        ...others.map(({ value: { caseId, participantId } }) => ({ caseId, mediatorParticipantId: participantId })),
      ]
    },
    find: (caseId: CaseId) => findCaseRecord(records, caseId),
    /** As whom this account may be part of the case; undefined for every account but its mediators'. */
    async peopleOf(account: AccountId, caseId: CaseId): Promise<readonly ParticipantId[]> {
      const [record, others] = await Promise.all([findCaseRecord(records, caseId), records.find<OtherMediator>(OTHERS, 'account', account)])
      return [
        ...(record?.mediatorAccountId === account ? [record.mediatorParticipantId] : []),
        ...others.flatMap(({ value }) => (value.caseId === caseId ? [value.participantId] : [])),
      ]
    },
  }
}

export type CaseRecords = ReturnType<typeof makeCaseRecords>
