// What staff do with their own account, and the owner with everybody's.
import type { StaffCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import type { Log } from '#server/http/log.ts'
import type { RequestContext } from '#server/http/request-context.ts'
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

  /** Where whoever is signed in shows their own password once more. */
  function withOwnPassword({ accountId, sessionId }: StaffCaller, { address }: RequestContext, run: () => Promise<void>): Promise<void> {
    return limits.attempt(OWN_PASSWORD, { address, target: accountId, device: sessionId }, run)
  }

  return [
    serve(staffMe, (_input, caller) => accounts.own(caller.accountId)),
    serve(profileChange, (profile, caller) => accounts.changeProfile(caller.accountId, profile)),
    serve(passwordChange, async ({ current, next }, caller, context) => {
      await withOwnPassword(caller, context, () => accounts.changePassword(caller.accountId, { current, next }, signedIn(caller)))
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
      const account = await accounts.own(accountId)
      if (account.state !== 'active') throw new AppError({ kind: 'not-found' })
      await withOwnPassword(caller, context, async () => {
        if (await accounts.checkPassword(caller.accountId, password, signedIn(caller))) return
        throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-password', field: 'password' })
      })
      const made = await accounts.newPasswordSecret(accountId, 'owner')
      if (!made) throw new AppError({ kind: 'not-found' })
      deps.note({ account: accountId, by: caller.accountId }, 'an owner made a link for a new password')
      deps.passwordMail.tell(account, 'link-made')
      return { link: deps.passwordLinkOf(made.secret), expiresAt: made.expiresAt }
    }),
  ]
}

function signedIn(caller: StaffCaller): Asker {
  return { share: 'known', source: caller.sessionId }
}
