// Staff: who may sign in, how an owner comes to be, how mediators are invited, what they say about themselves.

import type { Account, MediatorProfile, StaffRole } from '#shared/identity/identity-protocol.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { digestOf, newId, newSecret } from '../random.ts'
import type { AccountRecord, AccountStore } from './account-store.ts'
import { toAccount } from './account-store.ts'
import { isOutdated, type Passwords } from './password.ts'
import type { Asker } from './password-work.ts'

const WELCOME_MS = 7 * 86_400_000

export interface NewAccount {
  readonly secret: string
  readonly email: string
  readonly name: string
  readonly password: string
}

export interface Accounts {
  /** Whether an owner exists. */
  isReady(): Promise<boolean>
  /** A fresh secret for the owner's link while there is no owner, else undefined. The secret before it is void. */
  newOwnerSecret(): Promise<string | undefined>
  setUpOwner(input: NewAccount, by: Asker): Promise<Account>
  newWelcomeSecret(role: StaffRole): Promise<{ secret: string; expiresAt: number }>
  accept(input: NewAccount, by: Asker): Promise<Account>
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
  readonly passwords: Passwords
  readonly clock: Clock
  readonly entropy: Entropy
}

export function createAccounts({ store, passwords, clock, entropy }: AccountsDeps): Accounts {
  async function insert(input: NewAccount, role: StaffRole, by: Asker): Promise<Account> {
    // Looked at before the costly part; the store decides in the end.
    if (await store.byLink(digestOf(input.secret))) throw unknownLink()
    if (await store.byEmail(input.email)) throw emailTaken()
    const id = newId<AccountId>(entropy, 'account')
    const record: AccountRecord = {
      role,
      email: input.email,
      state: 'active',
      profile: { name: input.name, organisation: '', registerNumber: '', phone: '', languages: [] },
      passwordHash: await passwords.hash(input.password, by),
      madeBy: digestOf(input.secret),
      madeAt: clock.now(),
    }
    if ((await store.insert(id, record)) === 'stored') return toAccount({ id, version: 1, value: record })
    if (await store.byLink(record.madeBy)) throw unknownLink()
    throw emailTaken()
  }

  async function change(id: AccountId, edit: (account: AccountRecord) => AccountRecord): Promise<Account> {
    for (;;) {
      const stored = await store.get(id)
      if (!stored) throw new AppError({ kind: 'not-found' })
      const value = edit(stored.value)
      if (await store.replace(stored, value)) return toAccount({ ...stored, value })
    }
  }

  const owners = async () => (await store.all()).filter(({ value }) => value.role === 'owner' && value.state === 'active')

  /** Asked by anybody who opens a page. Remembered once it is true: the last owner cannot go. */
  let ready = false
  async function isReady(): Promise<boolean> {
    ready ||= (await owners()).length > 0
    return ready
  }

  return {
    isReady,
    async newOwnerSecret() {
      if (await isReady()) return undefined
      const secret = newSecret(entropy, 'owner link')
      await store.putOwnerLink(digestOf(secret))
      return secret
    },
    async setUpOwner(input, by) {
      if (await isReady()) throw new AppError({ kind: 'conflict', reason: 'identity/already-set-up' })
      if ((await store.ownerLink()) !== digestOf(input.secret)) throw unknownLink()
      return insert(input, 'owner', by)
    },
    async newWelcomeSecret(role) {
      const secret = newSecret(entropy, 'welcome link')
      const expiresAt = clock.now() + WELCOME_MS
      await store.insertWelcome(digestOf(secret), { role, expiresAt })
      return { secret, expiresAt }
    },
    async accept(input, by) {
      const link = await store.welcome(digestOf(input.secret))
      if (!link || link.expiresAt <= clock.now()) throw unknownLink()
      return insert(input, link.role, by)
    },
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
      const stored = await store.get(id)
      if (!stored || !(await passwords.isRight(current, stored.value.passwordHash, by))) {
        throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-password', field: 'current' })
      }
      const passwordHash = await passwords.hash(next, by)
      await change(id, (account) => ({ ...account, passwordHash }))
    },
    async changeState(id, state) {
      if (state === 'closed' && (await owners()).every((owner) => owner.id === id)) {
        throw new AppError({ kind: 'conflict', reason: 'identity/last-owner' })
      }
      return change(id, (account) => ({ ...account, state }))
    },
  }
}

function unknownLink(): AppError {
  return new AppError({ kind: 'not-found', reason: 'identity/link-unknown' })
}

function emailTaken(): AppError {
  return new AppError({ kind: 'conflict', reason: 'identity/email-taken', field: 'email' })
}
