// Staff: who may sign in, and what they say about themselves.

import type { Account, MediatorProfile } from '#shared/identity/identity-protocol.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import type { AccountRecord, AccountStore } from './account-store.ts'
import { toAccount } from './account-store.ts'
import { makeNewAccounts, type NewAccounts } from './new-accounts.ts'
import { makeNewPasswords, type NewPasswords } from './new-passwords.ts'
import { isOutdated, type Passwords } from './password.ts'
import type { PasswordLinkStore } from './password-link-store.ts'
import type { Asker } from './password-work.ts'

export interface Accounts extends NewAccounts, NewPasswords {
  /** The account, or undefined: nobody can tell whether the address or the password was wrong. */
  signIn(email: string, password: string, by: Asker): Promise<Account | undefined>
  checkPassword(id: AccountId, password: string, by: Asker): Promise<boolean>
  get(id: AccountId): Promise<Account | undefined>
  /** Of whoever is signed in; refuses with not-found when it is gone. */
  own(id: AccountId): Promise<Account>
  all(): Promise<readonly Account[]>
  changeProfile(id: AccountId, profile: MediatorProfile): Promise<Account>
  changePassword(id: AccountId, change: { current: string; next: string }, by: Asker): Promise<void>
  changeState(id: AccountId, state: 'active' | 'closed'): Promise<Account>
}

interface AccountsDeps {
  readonly store: AccountStore
  readonly links: PasswordLinkStore
  readonly passwords: Passwords
  readonly clock: Clock
  readonly entropy: Entropy
}

export function createAccounts({ store, links, passwords, clock, entropy }: AccountsDeps): Accounts {
  async function change(id: AccountId, edit: (account: AccountRecord) => AccountRecord): Promise<Account> {
    for (;;) {
      const stored = await store.get(id)
      if (!stored) throw new AppError({ kind: 'not-found' })
      const value = edit(stored.value)
      if (await store.replace(stored, value)) return toAccount({ ...stored, value })
    }
  }

  const owners = async () => (await store.all()).filter(({ value }) => value.role === 'owner' && value.state === 'active')

  return {
    ...makeNewAccounts({ store, passwords, clock, entropy, hasOwner: async () => (await owners()).length > 0 }),
    ...makeNewPasswords({ store, links, passwords, clock, entropy }),
    async signIn(email, password, by) {
      const stored = await store.byEmail(email)
      const right = await passwords.isRight(password, stored?.value.passwordHash, by)
      if (!right || !stored || stored.value.state !== 'active') return undefined
      if (isOutdated(stored.value.passwordHash)) {
        // Losing this race is harmless: the next sign-in hashes again.
        await store.replace(stored, { ...stored.value, passwordHash: await passwords.hash(password, by) })
      }
      return toAccount(stored)
    },
    async checkPassword(id, password, by) {
      const stored = await store.get(id)
      return (await passwords.isRight(password, stored?.value.passwordHash, by)) && stored?.value.state === 'active'
    },
    async get(id) {
      const stored = await store.get(id)
      return stored && toAccount(stored)
    },
    async own(id) {
      const stored = await store.get(id)
      if (!stored) throw new AppError({ kind: 'not-found' })
      return toAccount(stored)
    },
    all: async () => (await store.all()).map(toAccount),
    changeProfile: (id, profile) => change(id, (account) => ({ ...account, profile })),
    async changePassword(id, { current, next }, by) {
      const wrong = () => new AppError({ kind: 'forbidden', reason: 'identity/wrong-password', field: 'current' })
      const stored = await store.get(id)
      if (!stored || !(await passwords.isRight(current, stored.value.passwordHash, by))) throw wrong()
      const passwordHash = await passwords.hash(next, by)
      await change(id, (account) => {
        // Set anew while this was hashed: what was shown is the present password no longer.
        if (account.passwordHash !== stored.value.passwordHash) throw wrong()
        return { ...account, passwordHash }
      })
    },
    async changeState(id, state) {
      if (state === 'closed' && (await owners()).every((owner) => owner.id === id)) {
        throw new AppError({ kind: 'conflict', reason: 'identity/last-owner' })
      }
      return change(id, (account) => ({ ...account, state }))
    },
  }
}
