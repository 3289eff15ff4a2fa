// Accounts of staff, and the one-time links that make them. A link is used up by the account it made: its digest is unique there.
import type { DueKind } from '#server/due/due.ts'
import { type ExpiryDeps, makeExpiry } from '#server/due/expiry.ts'
import type { RecordStore, StoredRecord } from '#server/storage/ports.ts'
import type { Account, MediatorProfile, StaffRole } from '#shared/identity/identity-protocol.ts'
import type { AccountId } from '#shared/kernel/ids.ts'

export interface AccountRecord {
  readonly role: StaffRole
  readonly email: string
  readonly state: 'active' | 'closed'
  readonly profile: MediatorProfile
  readonly passwordHash: string
  /** Digest of the link that made it. */
  readonly madeBy: string
  readonly madeAt: number
}

interface WelcomeLink {
  readonly role: StaffRole
  readonly expiresAt: number
}

type Stored = StoredRecord<AccountRecord>

const ACCOUNTS = 'accounts'
const WELCOMES = 'welcome-links'
const OWNER_LINK = 'owner-link'

export interface AccountStore {
  /** 'taken': the e-mail address or the link was used. */
  insert(id: AccountId, account: AccountRecord): Promise<'stored' | 'taken'>
  get(id: AccountId): Promise<Stored | undefined>
  byEmail(email: string): Promise<Stored | undefined>
  byLink(digest: string): Promise<Stored | undefined>
  replace(stored: Stored, account: AccountRecord): Promise<boolean>
  all(): Promise<readonly Stored[]>
  putOwnerLink(digest: string): Promise<void>
  ownerLink(): Promise<string | undefined>
  insertWelcome(digest: string, link: WelcomeLink): Promise<void>
  welcome(digest: string): Promise<WelcomeLink | undefined>
  /** Forgets links that ended. */
  readonly dueKind: DueKind
}

export function createAccountStore({ records, ...deps }: ExpiryDeps & { readonly records: RecordStore }): AccountStore {
  const expiry = makeExpiry<WelcomeLink>(
    { records, ...deps },
    { kind: 'identity/link-ended', collection: WELCOMES, endOf: ({ expiresAt }) => expiresAt },
  )
  return {
    dueKind: expiry.dueKind,
    insert: (id, account) => records.insert(ACCOUNTS, id, account, keysOf(account)),
    get: (id) => records.get<AccountRecord>(ACCOUNTS, id),
    byEmail: (email) => records.findUnique<AccountRecord>(ACCOUNTS, 'email', email),
    byLink: (digest) => records.findUnique<AccountRecord>(ACCOUNTS, 'madeBy', digest),
    async replace(stored, account) {
      return (await records.replace(ACCOUNTS, stored.id, stored.version, account, keysOf(account))) === 'stored'
    },
    all: () => records.all<AccountRecord>(ACCOUNTS),
    async putOwnerLink(digest) {
      const stored = await records.get<{ digest: string }>(OWNER_LINK, 'current')
      if (stored) await records.replace(OWNER_LINK, stored.id, stored.version, { digest })
      else await records.insert(OWNER_LINK, 'current', { digest })
    },
    async ownerLink() {
      return (await records.get<{ digest: string }>(OWNER_LINK, 'current'))?.value.digest
    },
    async insertWelcome(digest, link) {
      await expiry.schedule(digest, link)
      await records.insert(WELCOMES, digest, link)
    },
    async welcome(digest) {
      return (await records.get<WelcomeLink>(WELCOMES, digest))?.value
    },
  }
}

export function toAccount({ id, value }: Stored): Account {
  return { id: id as AccountId, role: value.role, email: value.email, state: value.state, profile: value.profile } // ids of this collection are account ids
}

function keysOf(account: AccountRecord) {
  return { unique: { email: account.email, madeBy: account.madeBy } }
}
