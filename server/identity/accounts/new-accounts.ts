// How an account comes to be: the first owner by a link that stands in the log of the start, everybody else by one that was given to them.

import type { Account, StaffRole } from '#shared/identity/identity-protocol.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { digestOf, newId, newSecret } from '../random.ts'
import { type AccountRecord, type AccountStore, toAccount } from './account-store.ts'
import type { Passwords } from './password.ts'
import type { Asker } from './password-work.ts'

const WELCOME_MS = 7 * 86_400_000

export interface NewAccount {
  readonly secret: string
  readonly email: string
  readonly name: string
  readonly password: string
}

export interface NewAccounts {
  /** Whether an owner exists. */
  isReady(): Promise<boolean>
  /** A fresh secret for the owner's link while there is no owner, else undefined. The secret before it is void. */
  newOwnerSecret(): Promise<string | undefined>
  setUpOwner(input: NewAccount, by: Asker): Promise<Account>
  newWelcomeSecret(role: StaffRole): Promise<{ secret: string; expiresAt: number }>
  accept(input: NewAccount, by: Asker): Promise<Account>
}

interface Deps {
  readonly store: AccountStore
  readonly passwords: Pick<Passwords, 'hash'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly hasOwner: () => Promise<boolean>
}

export function makeNewAccounts({ store, passwords, clock, entropy, hasOwner }: Deps): NewAccounts {
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

  /** Asked by anybody who opens a page. Remembered once it is true: the last owner cannot go. */
  let ready = false
  async function isReady(): Promise<boolean> {
    ready ||= await hasOwner()
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
  }
}

function unknownLink(): AppError {
  return new AppError({ kind: 'not-found', reason: 'identity/link-unknown' })
}

function emailTaken(): AppError {
  return new AppError({ kind: 'conflict', reason: 'identity/email-taken', field: 'email' })
}
