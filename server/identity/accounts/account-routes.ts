// What staff do with their own account, and the owner with everybody's.
import type { StaffCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import type { Log } from '#server/http/log.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import {
  accountList,
  accountPasswordLink,
  accountState,
  mediatorInvite,
  passwordChange,
  profileChange,
  staffMe,
} from '#shared/identity/staff-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { OWN_PASSWORD } from '../guessing-limits.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Accounts } from './accounts.ts'
import type { PasswordMail } from './password-mail.ts'
import type { Asker } from './password-work.ts'

interface AccountRouteDeps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly limits: Limits
  readonly publicUrl: () => string
  readonly passwordLinkOf: (secret: string) => string
  readonly passwordMail: Pick<PasswordMail, 'tell'>
  /** Sessions and live connections. */
  readonly endEverywhere: (accountId: AccountId) => Promise<void>
  /** Into the server's log. */
  readonly note: Log['info']
}

export function accountRoutes(deps: AccountRouteDeps): readonly ServedRoute[] {
  const { accounts, sessions, limits, publicUrl, endEverywhere } = deps

  /** Refused when it is not the password of whoever is signed in. */
  async function demandOwnPassword(password: string, caller: StaffCaller, address: string): Promise<void> {
    await limits.attempt(OWN_PASSWORD, { address, target: caller.accountId, device: caller.sessionId }, async () => {
      if (await accounts.checkPassword(caller.accountId, password, signedIn(caller))) return
      throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-password', field: 'password' })
    })
  }

  return [
    serve(staffMe, (_input, caller) => accounts.own(caller.accountId)),
    serve(profileChange, (profile, caller) => accounts.changeProfile(caller.accountId, profile)),
    serve(passwordChange, async ({ current, next }, caller, context) => {
      const who = { address: context.address, target: caller.accountId, device: caller.sessionId }
      await limits.attempt(OWN_PASSWORD, who, () => accounts.changePassword(caller.accountId, { current, next }, signedIn(caller)))
      await sessions.endOfAccount(caller.accountId, caller.sessionId)
      return {}
    }),
    serve(accountList, async () => ({ accounts: [...(await accounts.all())] })),
    serve(mediatorInvite, async ({ role }) => {
      const { secret, expiresAt } = await accounts.newWelcomeSecret(role)
      return { link: `${publicUrl()}/welcome#${secret}`, expiresAt }
    }),
    serve(accountState, async ({ accountId, state }) => {
      const account = await accounts.changeState(accountId, state)
      if (state === 'closed') await endEverywhere(accountId)
      return account
    }),
    serve(accountPasswordLink, async ({ accountId, password }, caller, context) => {
      if (accountId === caller.accountId) throw new AppError({ kind: 'forbidden' }) // whoever is signed in changes their password as such
      const { state } = await accounts.own(accountId)
      if (state !== 'active') throw new AppError({ kind: 'not-found' })
      await demandOwnPassword(password, caller, context.address)
      const made = await accounts.newPasswordSecret(accountId, 'owner')
      if (!made) throw new AppError({ kind: 'not-found' })
      deps.note({ account: accountId, by: caller.accountId }, 'an owner made a link for a new password')
      deps.passwordMail.tell(await accounts.own(accountId), 'link-made')
      return { link: deps.passwordLinkOf(made.secret), expiresAt: made.expiresAt }
    }),
  ]
}

function signedIn(caller: StaffCaller): Asker {
  return { share: 'known', source: caller.sessionId }
}
