// One-time links for a new password. Each is bound to the password that it replaces: whatever sets another voids all of them at once.
import type { DueKind } from '#server/due/due.ts'
import { type ExpiryDeps, makeExpiry } from '#server/due/expiry.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import type { AccountId } from '#shared/kernel/ids.ts'

/** Who made it: the holder by mail, the owner for somebody else, or whoever runs the machine. */
export type PasswordLinkMaker = 'mail' | 'owner' | 'machine'

interface PasswordLink {
  readonly accountId: AccountId
  readonly by: PasswordLinkMaker
  /** Digest of the stored hash of the password that it replaces. */
  readonly replaces: string
  readonly expiresAt: number
}

const COLLECTION = 'password-links'

export interface PasswordLinkStore {
  insert(digest: string, link: PasswordLink): Promise<void>
  get(digest: string): Promise<PasswordLink | undefined>
  ofAccount(accountId: AccountId): Promise<readonly PasswordLink[]>
  /** Forgets links that ended. */
  readonly dueKind: DueKind
}

export function createPasswordLinkStore({ records, ...deps }: ExpiryDeps & { readonly records: RecordStore }): PasswordLinkStore {
  const expiry = makeExpiry<PasswordLink>(
    { records, ...deps },
    { kind: 'identity/password-link-ended', collection: COLLECTION, endOf: ({ expiresAt }) => expiresAt },
  )
  return {
    dueKind: expiry.dueKind,
    async insert(digest, link) {
      await expiry.schedule(digest, link)
      await records.insert(COLLECTION, digest, link, { index: { account: link.accountId } })
    },
    get: async (digest) => (await records.get<PasswordLink>(COLLECTION, digest))?.value,
    async ofAccount(accountId) {
      return (await records.find<PasswordLink>(COLLECTION, 'account', accountId)).map(({ value }) => value)
    },
  }
}
