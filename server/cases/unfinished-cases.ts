// Half-filled forms for new cases: encrypted records of one account, which nobody else can ask for. They go when the case is opened, when
// they are deleted, and some months after they were last touched: nobody's name lies about because somebody changed their mind.
import type { DueKind } from '#server/due/due.ts'
import { type ExpiryDeps, makeExpiry } from '#server/due/expiry.ts'
import type { RecordStore, StoredRecord } from '#server/storage/ports.ts'
import { MAX_UNFINISHED, UNFINISHED_DAYS, type UnfinishedCase, type UnfinishedReason } from '#shared/cases/unfinished-routes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, UnfinishedId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'

interface UnfinishedRecord {
  readonly accountId: AccountId
  readonly form: UnfinishedCase
  /** By the steady clock. */
  readonly savedAt: number
}

interface Saved {
  readonly version: number
  readonly savedAt: number
}

export interface UnfinishedCases {
  all(account: AccountId): Promise<readonly StoredRecord<UnfinishedRecord>[]>
  /** Refuses with not-found what is not this account's. */
  get(account: AccountId, id: UnfinishedId): Promise<StoredRecord<UnfinishedRecord>>
  save(account: AccountId, id: UnfinishedId, change: { readonly version: number; readonly form: UnfinishedCase }): Promise<Saved>
  /** Safe to repeat. */
  remove(account: AccountId, id: UnfinishedId): Promise<void>
  readonly dueKind: DueKind
}

const COLLECTION = 'unfinished-cases'
const LIFE_MS = UNFINISHED_DAYS * 86_400_000

interface Deps extends Omit<ExpiryDeps, 'records'> {
  readonly records: RecordStore
  readonly clock: SteadyClock
}

export function makeUnfinishedCases({ records, due, clock }: Deps): UnfinishedCases {
  const endOf = ({ savedAt }: UnfinishedRecord) => savedAt + LIFE_MS
  const expiry = makeExpiry({ records, due, clock }, { kind: 'cases/unfinished-ended', collection: COLLECTION, endOf, keptMs: 0 })
  const load = (id: UnfinishedId) => records.get<UnfinishedRecord>(COLLECTION, id)

  async function all(account: AccountId) {
    const found = await records.find<UnfinishedRecord>(COLLECTION, 'account', account)
    return found.filter(({ value }) => endOf(value) > clock.now()).sort((a, b) => b.value.savedAt - a.value.savedAt)
  }

  async function insert(id: UnfinishedId, record: UnfinishedRecord): Promise<Saved> {
    if ((await all(record.accountId)).length >= MAX_UNFINISHED) throw conflict('cases/too-many-unfinished')
    await expiry.schedule(id, record)
    if ((await records.insert(COLLECTION, id, record, { index: { account: record.accountId } })) === 'taken')
      throw conflict('cases/changed-elsewhere')
    return { version: 1, savedAt: clock.onWall(record.savedAt) }
  }

  return {
    all,
    async get(account, id) {
      const stored = await load(id)
      if (stored?.value.accountId !== account || endOf(stored.value) <= clock.now()) throw gone()
      return stored
    },
    async save(account, id, { version, form }) {
      const record: UnfinishedRecord = { accountId: account, form, savedAt: clock.now() }
      const stored = await load(id)
      if (!stored && version === 0) return insert(id, record)
      if (stored?.value.accountId !== account) throw gone()
      // An answer that was lost on the way: it is saved already.
      const isSaved = JSON.stringify(stored.value.form) === JSON.stringify(form)
      if (isSaved) return { version: stored.version, savedAt: clock.onWall(stored.value.savedAt) }
      if (stored.version !== version) throw conflict('cases/changed-elsewhere')
      const done = await records.replace(COLLECTION, id, version, record, { index: { account } })
      if (done !== 'stored') throw conflict('cases/changed-elsewhere')
      return { version: version + 1, savedAt: clock.onWall(record.savedAt) }
    },
    async remove(account, id) {
      const stored = await load(id)
      if (stored?.value.accountId === account) await records.remove(COLLECTION, id)
    },
    dueKind: expiry.dueKind,
  }
}

function gone(): AppError {
  return new AppError({ kind: 'not-found', reason: 'cases/unfinished-gone' satisfies UnfinishedReason })
}

function conflict(reason: UnfinishedReason): AppError {
  return new AppError({ kind: 'conflict', reason })
}
