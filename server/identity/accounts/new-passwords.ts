// How somebody who has forgotten their password gets another: by a one-time link that is mailed to the account's address, made by the
// owner, or printed on the machine that the platform runs on.
import type { Account } from '#shared/identity/identity-protocol.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { digestOf, newSecret } from '../random.ts'
import { type AccountRecord, type AccountStore, toAccount } from './account-store.ts'
import type { Passwords } from './password.ts'
import type { PasswordLinkMaker, PasswordLinkStore } from './password-link-store.ts'
import type { Asker } from './password-work.ts'

const HOUR = 3_600_000
const LIFE_MS: Readonly<Record<PasswordLinkMaker, number>> = { mail: HOUR, owner: 24 * HOUR, machine: HOUR }
/** Mails that can be used at one time: whoever asks for more has these in their box. */
export const LINKS_BY_MAIL = 3

export interface NewPasswords {
  /** Undefined where there is no such account, or it is closed. */
  newPasswordSecret(id: AccountId, by: PasswordLinkMaker): Promise<{ secret: string; expiresAt: number } | undefined>
  /** Whom to send a link to; undefined where there is nobody, or enough links wait in their box. */
  toBeMailed(email: string): Promise<Account | undefined>
  renewPassword(input: { readonly secret: string; readonly password: string }, by: Asker): Promise<Account>
}

interface Deps {
  readonly store: Pick<AccountStore, 'get' | 'byEmail' | 'replace'>
  readonly links: PasswordLinkStore
  readonly passwords: Pick<Passwords, 'hash'>
  readonly clock: Clock
  readonly entropy: Entropy
}

export function makeNewPasswords({ store, links, passwords, clock, entropy }: Deps): NewPasswords {
  /** The account as it stands, if the link is still good for it. */
  async function accountBy(digest: string) {
    const link = await links.get(digest)
    const stored = link && link.expiresAt > clock.now() ? await store.get(link.accountId) : undefined
    if (!link || !stored || stored.value.state !== 'active' || link.replaces !== replacedBy(stored.value)) {
      throw new AppError({ kind: 'not-found', reason: 'identity/link-unknown' })
    }
    return stored
  }

  return {
    async newPasswordSecret(id, by) {
      const stored = await store.get(id)
      if (stored?.value.state !== 'active') return undefined
      const secret = newSecret(entropy, 'password link')
      const expiresAt = clock.now() + LIFE_MS[by]
      await links.insert(digestOf(secret), { accountId: id, by, replaces: replacedBy(stored.value), expiresAt })
      return { secret, expiresAt }
    },
    async toBeMailed(email) {
      const stored = await store.byEmail(email)
      if (stored?.value.state !== 'active') return undefined
      const account = toAccount(stored)
      const waiting = (await links.ofAccount(account.id)).filter(({ by, expiresAt }) => by === 'mail' && expiresAt > clock.now())
      return waiting.length < LINKS_BY_MAIL ? account : undefined
    },
    async renewPassword({ secret, password }, by) {
      const digest = digestOf(secret)
      await accountBy(digest) // looked at before the costly part
      const passwordHash = await passwords.hash(password, by)
      for (;;) {
        const stored = await accountBy(digest)
        const value = { ...stored.value, passwordHash }
        // Of two uses at once the second finds another password than the one that its link replaces.
        if (await store.replace(stored, value)) return toAccount({ ...stored, value })
      }
    },
  }
}

function replacedBy({ passwordHash }: AccountRecord): string {
  return digestOf(passwordHash)
}
